"""FastAPI in front, a FastStream request over RabbitMQ to a second process."""

import asyncio
import os
from contextlib import asynccontextmanager

import uvicorn
from common import Refused, change, person_of, shown
from fastapi import FastAPI, Header
from fastapi.responses import JSONResponse
from faststream import FastStream
from faststream.rabbit import RabbitBroker
from pydantic import BaseModel, ConfigDict
from pymongo import AsyncMongoClient

broker = RabbitBroker(os.environ["PEER_AMQP"])


class Rsvp(BaseModel):
    model_config = ConfigDict(extra="forbid")
    answer: str


@asynccontextmanager
async def lifespan(app):
    await broker.start()
    yield
    await broker.stop()


app = FastAPI(openapi_url=None, lifespan=lifespan)


async def asked(queue, message):
    reply = await (await broker.request(message, queue, timeout=10)).decode()
    return JSONResponse(reply["body"], status_code=reply["status"])


@app.get("/v1/sessions/{session_id}")
async def show(session_id: str, authorization: str = Header()):
    return await asked("peer.show", {"session_id": session_id, "person": person_of(authorization)})


@app.put("/v1/sessions/{session_id}/rsvp")
async def rsvp(session_id: str, body: Rsvp, authorization: str = Header()):
    person = person_of(authorization)
    return await asked("peer.rsvp", {"session_id": session_id, "person": person, "answer": body.answer})


async def back():
    client = AsyncMongoClient(os.environ["PEER_MONGO"], w="majority", journal=True)
    sessions = client.get_default_database().sessions

    @broker.subscriber("peer.show")
    async def do_show(message: dict) -> dict:
        try:
            return {
                "status": 200,
                "body": shown(await sessions.find_one({"_id": message["session_id"]}), message["person"]),
            }
        except Refused as reason:
            return {"status": reason.status, "body": {}}

    @broker.subscriber("peer.rsvp")
    async def do_rsvp(message: dict) -> dict:
        try:
            for _ in range(8):
                found = await sessions.find_one({"_id": message["session_id"]})
                where, update = change(found, message["person"], message["answer"])
                if (await sessions.update_one(where, update)).matched_count:
                    return {"status": 200, "body": {"answer": message["answer"]}}
        except Refused as reason:
            return {"status": reason.status, "body": {}}
        return {"status": 409, "body": {}}

    await FastStream(broker).run()


if __name__ == "__main__":
    if os.environ["PEER_PART"] == "back":
        asyncio.run(back())
    else:
        uvicorn.run(
            app, host="127.0.0.1", port=int(os.environ["PEER_PORT"]), log_level="warning", access_log=False
        )
