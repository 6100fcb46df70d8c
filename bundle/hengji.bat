@echo off
rem hengji.bat command ...   Installs from wheels\ at the first run, without internet.
chcp 65001 >nul
setlocal
set "here=%~dp0"
set "launcher="
set "found="
for %%v in (3.13 3.12 3.11) do if not defined found (
  py -%%v -c "" >nul 2>nul && set "launcher=py -%%v" && set "found=%%v"
)
if not defined found for %%v in (3.13 3.12 3.11) do if not defined found (
  python -c "import sys; sys.exit('%%d.%%d' %% sys.version_info[:2] != '%%v')" >nul 2>nul && set "launcher=python" && set "found=%%v"
)
if not defined found (
  echo 需要 Python @PYTHONS@ 中的一个，本机没有找到。装好后再运行。
  exit /b 1
)
set "app=%here%app-%found%"
if not exist "%app%\.installed" (
  echo 正在安装，约需一分钟……
  if exist "%app%" rmdir /s /q "%app%"
  pushd "%here%"
  for %%p in (wheels\pip-*.whl) do set "pip=%%p"
  call :install || (popd & echo 没有装成，原因见上面的输出。& exit /b 1)
  popd
  type nul > "%app%\.installed"
)
set "PYTHONPATH=%app%"
set "PYTHONNOUSERSITE=1"
%launcher% -m hengji %*
exit /b %errorlevel%

:install
%launcher% -s "%pip%\pip" install -qq --disable-pip-version-check --no-input --no-index --find-links wheels --only-binary=:all: --require-hashes --no-deps -r requirements.txt --target "%app%"
exit /b %errorlevel%
