"""The trail (修改记录): append-only, one hash chain per filing."""
