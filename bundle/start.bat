@echo off
rem start.bat [options]   Starts the web application; data in hengji-data beside this file.
call "%~dp0hengji.bat" serve --data "%~dp0hengji-data" %*
if errorlevel 1 pause
