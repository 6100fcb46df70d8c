"""The web application: the Django project. Every app has the same files: apps, models, views, urls, migrations, templates."""
