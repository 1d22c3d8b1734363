/** Pictures of people for the gallery, drawn: a soft room and somebody in the middle of it. */

const LOOKS = {
  ana: { wall: "#84745c", lamp: "#f4e2b8", skin: "#e0ae8a", hair: "#3b221c", cloth: "#1c5c48" },
  ben: { wall: "#5c493b", lamp: "#ffdc96", skin: "#8a5a3c", hair: "#1d1613", cloth: "#d6c6a0" },
  carla: { wall: "#a97c63", lamp: "#e9bd91", skin: "#d19a6e", hair: "#221a18", cloth: "#a23a34" },
  dario: { wall: "#4c4a52", lamp: "#cfc6b8", skin: "#c89a7c", hair: "#8b8680", cloth: "#45586b" },
};

/** A stream of one drawing. */
export function portrait(who: keyof typeof LOOKS | "plan"): MediaStream {
  const drawing = who === "plan" ? drawPlan() : draw(who);
  const canvas = document.createElement("canvas");
  canvas.width = drawing.width;
  canvas.height = drawing.height;
  const brush = canvas.getContext("2d")!;
  const show = () => brush.drawImage(drawing, 0, 0);
  show();
  setInterval(show, 500); // a canvas that stands still sends no frame
  return canvas.captureStream(2);
}

/** What people share: the plan of a room. */
function drawPlan(): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = 1280;
  canvas.height = 800;
  const brush = canvas.getContext("2d")!;
  brush.fillStyle = "#f7f5f0";
  brush.fillRect(0, 0, 1280, 800);
  brush.strokeStyle = "#e4e0d8";
  brush.lineWidth = 2;
  for (let at = 0; at < 1280; at += 54) {
    brush.strokeRect(at, -2, 54, 804);
    brush.strokeRect(-2, at, 1284, 54);
  }
  brush.fillStyle = "#15211b";
  brush.font = "600 34px sans-serif";
  brush.fillText("Kitchen, second idea", 56, 90);
  brush.strokeStyle = "#26302b";
  brush.lineWidth = 14;
  brush.strokeRect(170, 180, 940, 520);
  brush.lineWidth = 4;
  brush.fillStyle = "#dfe7e1";
  brush.fillRect(180, 190, 920, 84);
  brush.strokeRect(180, 190, 920, 84);
  brush.fillStyle = "#f0d79c";
  brush.strokeStyle = "#8a6212";
  for (const [x, y, radius] of [[560, 490, 106], [420, 490, 28], [700, 490, 28], [560, 640, 28]]) {
    brush.beginPath();
    brush.arc(x, y, radius, 0, 7);
    brush.fill();
    brush.stroke();
  }
  return canvas;
}

function draw(who: keyof typeof LOOKS): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = 1280;
  canvas.height = 720;
  const brush = canvas.getContext("2d")!;
  const look = LOOKS[who];
  const circle = (x: number, y: number, rx: number, ry: number, colour: string) => {
    brush.fillStyle = colour;
    brush.beginPath();
    brush.ellipse(x, y, rx, ry, 0, 0, 7);
    brush.fill();
  };
  brush.fillStyle = look.wall;
  brush.fillRect(0, 0, 1280, 720);
  brush.filter = "blur(40px)";
  circle(230, 140, 150, 150, look.lamp);
  circle(1010, 170, 150, 60, look.cloth);
  circle(640, 720, 420, 200, "#00000040");
  brush.filter = "none";
  circle(640, 800, 300, 280, look.cloth);
  brush.fillStyle = look.skin;
  brush.fillRect(585, 430, 110, 130);
  circle(640, 300, 150, 165, look.hair);
  circle(640, 360, 122, 160, look.skin);
  circle(595, 350, 9, 11, "#1c1512");
  circle(685, 350, 9, 11, "#1c1512");
  brush.lineWidth = 8;
  brush.strokeStyle = "#7c3a34";
  brush.beginPath();
  brush.arc(640, 415, 42, 0.5, 2.64);
  brush.stroke();
  return canvas;
}
