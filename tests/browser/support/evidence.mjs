// Files such as people send, made here: a picture, a PDF, a mail, and one that is too large.
import { deflateSync, crc32 } from "node:zlib";

const chunk = (type, content) => {
  const body = Buffer.concat([Buffer.from(type), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
};

// A telephone's screen with two bubbles of talk, as a PNG.
export const picture = (width = 180, height = 320) => {
  const inside = (x, y, [left, top, right, bottom]) => x >= left && x < right && y >= top && y < bottom;
  const theirs = [12, 40, 128, 108];
  const mine = [52, 132, 168, 176];
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const colour = inside(x, y, theirs)
        ? [226, 226, 232]
        : inside(x, y, mine)
          ? [40, 140, 120]
          : y < 26
            ? [30, 60, 66]
            : [250, 248, 242];
      rows.set(colour, y * (width * 3 + 1) + 1 + x * 3);
    }
  }
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  size.set([8, 2], 8);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", size),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
};

export const pdf = (line) => {
  const drawn = `BT /F1 14 Tf 72 760 Td (${line}) Tj ET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R " +
      "/Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${drawn.length} >>\nstream\n${drawn}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  let out = "%PDF-1.4\n";
  const places = objects.map((object, index) => {
    const at = out.length;
    out += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, "0")} 00000 n \n`;
  });
  const table = out.length;
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join("")}`;
  out += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(out, "latin1");
};

export const mail = () =>
  Buffer.from(
    [
      "From: Livraison <suivi@colis-rapide.example>",
      "To: moi@exemple.test",
      "Subject: Votre colis attend",
      "Date: Mon, 2 Nov 2026 08:12:00 +0100",
      "MIME-Version: 1.0",
      "Content-Type: text/plain; charset=utf-8",
      "",
      "Payez 2,99 EUR sur https://colis-rapide.example/payer",
      "",
    ].join("\r\n"),
  );

export const upload = (name, mimeType, buffer) => ({ name, mimeType, buffer });
export const evidence = () => [
  upload("capture.png", "image/png", picture()),
  upload("facture.pdf", "application/pdf", pdf("Facture 2026-118, 189 EUR")),
  upload("message.eml", "message/rfc822", mail()),
];
