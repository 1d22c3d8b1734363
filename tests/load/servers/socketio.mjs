/**
 * The server of the classic WebRTC tutorials: express and socket.io, rooms for two, their events
 * by their names. Only `leave` answers, so that the load knows when a call has ended.
 *
 * Plain JavaScript, since that is what Node.js runs.
 */
import { createServer } from "node:http";
import express from "express";
import { Server } from "socket.io";
import { underControl } from "./control.mjs";

const server = createServer(express());
const io = new Server(server);

io.on("connection", (socket) => {
  socket.on("create or join", async (room) => {
    const inside = io.sockets.adapter.rooms.get(room)?.size ?? 0;
    if (inside >= 2) return socket.emit("full", room);
    await socket.join(room);
    socket.emit(inside === 0 ? "created" : "joined", room);
  });
  socket.on("ready", (room) => socket.to(room).emit("ready"));
  socket.on("offer", ({ room, sdp }) => socket.to(room).emit("offer", sdp));
  socket.on("answer", ({ room, sdp }) => socket.to(room).emit("answer", sdp));
  socket.on("candidate", (event) => socket.to(event.room).emit("candidate", event));
  socket.on("leave", async (room, done) => {
    await socket.leave(room);
    socket.to(room).emit("leave");
    done();
  });
});

server.listen(0, "127.0.0.1", () => underControl(server.address().port));
