import { describe, expect, it } from "vitest";
import { isHtml, plainWords } from "../../../extension/core/text/html-text.ts";
import { expectLinear } from "../fakes/processor-time.ts";

const NGINX =
  "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n<!-- a padding to disable MSIE and Chrome friendly error page -->\r\n";
const HAPROXY = "<html><body><h1>503 Service Unavailable</h1>\nNo server is available.\n</body></html>\n";
const IIS =
  '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN""http://www.w3.org/TR/html4/strict.dtd">\r\n<HTML><HEAD><TITLE>Bad Request</TITLE></HEAD>\r\n<BODY><h2>Bad Request - Request Too Long</h2></BODY></HTML>';

describe("the text for an HTML page", () => {
  it.each([
    ["the title of nginx's page", NGINX, 'HTML page "502 Bad Gateway"'],
    ["the heading of haproxy's, which has no title", HAPROXY, 'HTML page "503 Service Unavailable"'],
    ["the title of IIS's page", IIS, 'HTML page "Bad Request"'],
    [
      "only that it is HTML, where it has no heading",
      "<!doctype html><p>Anna Adams, 1 Main Street</p>",
      "HTML page",
    ],
    ["only that it is HTML, of a piece of a page", "<div class=error>Anna Adams</div>", "HTML page"],
    ["only that it is HTML, where its title isn't ended", "<html><head><title>Anna", "HTML page"],
    [
      "put in its place within the client's own words",
      `Failed to complete negotiation with the server: Error: ${NGINX}: Status code '502'`,
      "Failed to complete negotiation with the server: Error: HTML page \"502 Bad Gateway\": Status code '502'",
    ],
    [
      "none for JSON: it stays as it is",
      '{"error":"Something <b>else</b>"}',
      '{"error":"Something <b>else</b>"}',
    ],
    ["none for plain text: it stays as it is", "No Connection with that ID", "No Connection with that ID"],
  ])("are %s", (_name, body, words) => {
    expect(plainWords(body)).toBe(words);
    expect(plainWords(plainWords(body))).toBe(words);
  });

  it("are still recognised as texts of a page when they were recorded", () => {
    for (const body of [NGINX, HAPROXY, IIS, `  <!-- ours -->\n${NGINX}`]) {
      expect(isHtml(body)).toBe(true);
      expect(isHtml(plainWords(body))).toBe(true);
    }
    for (const text of [undefined, null, "", "HTML pages are not for us", "Error: <html>", "<xml/>"])
      expect(isHtml(text)).toBe(false);
  });

  it.each(["<title>", "<!doctype ", "<h1>", "<html", "<title", "<!--", "</html><!--"])(
    "are found in linear time in a page made of %s",
    (piece) => {
      expectLinear((size) => {
        const page = piece.repeat(size / piece.length);
        plainWords(page);
        isHtml(page);
      }, 100_000);
    },
  );
});
