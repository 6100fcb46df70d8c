"""Who is signed in, read with department and region in one query, since every page names them."""

from django.contrib.auth.backends import ModelBackend

from hengji.web.people.models import User


class Backend(ModelBackend):
    """Django's own accounts and passwords."""

    def get_user(self, user_id: int) -> User | None:
        """The person of a session; None where the account is gone or suspended."""
        user = User.objects.select_related("department", "region").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
