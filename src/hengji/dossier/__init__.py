"""The dossier (档案): one department's year in one file that anybody can verify offline, without Django or a database."""
