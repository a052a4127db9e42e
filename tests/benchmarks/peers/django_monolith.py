"""Django under gunicorn with gevent workers, pymongo, one process."""

import json
import os

import django
from common import Refused, change, person_of, shown
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import JsonResponse
from django.urls import path
from pymongo import MongoClient

settings.configure(
    DEBUG=False,
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["127.0.0.1"],
    SECRET_KEY=os.urandom(16).hex(),
    MIDDLEWARE=[],
)
django.setup()
_client = None


def sessions():
    """One client a worker, made after the fork."""
    global _client  # noqa: PLW0603
    _client = _client or MongoClient(os.environ["PEER_MONGO"], w="majority", journal=True)
    return _client.get_default_database().sessions


def show(request, session_id):
    try:
        person = person_of(request.headers.get("Authorization", ""))
        return JsonResponse(shown(sessions().find_one({"_id": session_id}), person))
    except Refused as reason:
        return JsonResponse({}, status=reason.status)


def rsvp(request, session_id):
    try:
        person, body = person_of(request.headers.get("Authorization", "")), json.loads(request.body)
        for _ in range(8):
            where, update = change(sessions().find_one({"_id": session_id}), person, body["answer"])
            if sessions().update_one(where, update).matched_count:
                return JsonResponse({"answer": body["answer"]})
        raise Refused(409)
    except Refused as reason:
        return JsonResponse({}, status=reason.status)


urlpatterns = [path("v1/sessions/<session_id>", show), path("v1/sessions/<session_id>/rsvp", rsvp)]
application = get_wsgi_application()
