import { describe, expect, it } from "vitest";
import { isHtml, plainWords } from "../../../extension/core/text/html-text.ts";

const NGINX =
  "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n<!-- a padding to disable MSIE and Chrome friendly error page -->\r\n";
const HAPROXY = "<html><body><h1>503 Service Unavailable</h1>\nNo server is available.\n</body></html>\n";
const IIS =
  '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN""http://www.w3.org/TR/html4/strict.dtd">\r\n<HTML><HEAD><TITLE>Bad Request</TITLE></HEAD>\r\n<BODY><h2>Bad Request - Request Too Long</h2></BODY></HTML>';

describe("of a page of HTML only its title is told, and recorded", () => {
  it.each([
    ["nginx", NGINX, 'HTML page "502 Bad Gateway"'],
    ["haproxy, which has no title", HAPROXY, 'HTML page "503 Service Unavailable"'],
    ["IIS", IIS, 'HTML page "Bad Request"'],
    ["one without any heading", "<!doctype html><p>Anna Adams, 1 Main Street</p>", "HTML page"],
    ["a piece of a page", "<div class=error>Anna Adams</div>", "HTML page"],
    ["one whose title isn't ended", "<html><head><title>Anna", "HTML page"],
    [
      "within the client's own words",
      `Failed to complete negotiation with the server: Error: ${NGINX}: Status code '502'`,
      "Failed to complete negotiation with the server: Error: HTML page \"502 Bad Gateway\": Status code '502'",
    ],
    ["none", '{"error":"Something <b>else</b>"}', '{"error":"Something <b>else</b>"}'],
    ["plain text", "No Connection with that ID", "No Connection with that ID"],
  ])("%s", (_name, body, words) => {
    expect(plainWords(body)).toBe(words);
    expect(plainWords(plainWords(body))).toBe(words);
  });

  it("and what was recorded of one is still known for one: a sign-in page", () => {
    for (const body of [NGINX, HAPROXY, IIS, `  <!-- ours -->\n${NGINX}`]) {
      expect(isHtml(body)).toBe(true);
      expect(isHtml(plainWords(body))).toBe(true);
    }
    for (const text of [undefined, null, "", "HTML pages are not for us", "Error: <html>", "<xml/>"])
      expect(isHtml(text)).toBe(false);
  });

  it("in a moment, whatever the page is made of", () => {
    for (const piece of ["<title>", "<!doctype ", "<h1>", "<html", "<title", "<!--", "</html><!--"]) {
      const from = performance.now();
      plainWords(piece.repeat(20_000 / piece.length));
      isHtml(piece.repeat(20_000 / piece.length));
      expect(performance.now() - from).toBeLessThan(200);
    }
  });
});
