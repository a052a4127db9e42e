"""FastAPI and pymongo's async client in one process."""

import os

import uvicorn
from common import Refused, change, person_of, shown
from fastapi import FastAPI, Header
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict
from pymongo import AsyncMongoClient

app = FastAPI(openapi_url=None)
client = AsyncMongoClient(os.environ["PEER_MONGO"], w="majority", journal=True)
sessions = client.get_default_database().sessions


class Rsvp(BaseModel):
    model_config = ConfigDict(extra="forbid")
    answer: str


@app.exception_handler(Refused)
async def refused(request, reason):
    return JSONResponse({"status": reason.status}, status_code=reason.status)


@app.get("/v1/sessions/{session_id}")
async def show(session_id: str, authorization: str = Header()):
    person = person_of(authorization)
    return JSONResponse(shown(await sessions.find_one({"_id": session_id}), person))


@app.put("/v1/sessions/{session_id}/rsvp")
async def rsvp(session_id: str, body: Rsvp, authorization: str = Header()):
    person = person_of(authorization)
    for _ in range(8):
        where, update = change(await sessions.find_one({"_id": session_id}), person, body.answer)
        if (await sessions.update_one(where, update)).matched_count:
            return JSONResponse({"answer": body.answer})
    raise Refused(409)


if __name__ == "__main__":
    uvicorn.run(
        app, host="127.0.0.1", port=int(os.environ["PEER_PORT"]), log_level="warning", access_log=False
    )
