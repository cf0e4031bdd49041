package dev.cadenza.server.studio;

import dev.cadenza.files.Sha256;
import dev.cadenza.server.http.answer.EntityTag;
import dev.cadenza.server.http.jetty.RequestId;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The studio's page and what belongs to it. All of it comes from here and nothing of it from elsewhere. */
final class StudioHandler {
    /** Scripts, styles and requests of this server alone; nothing that is written into the page runs. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "img-src 'self'; media-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String INDEX = "index.html";
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry(INDEX, "text/html; charset=utf-8"),
            Map.entry("studio.css", "text/css; charset=utf-8"),
            Map.entry("icon.svg", "image/svg+xml"),
            Map.entry("main.js", SCRIPT),
            Map.entry("api.js", SCRIPT),
            Map.entry("settings.js", SCRIPT),
            Map.entry("sound.js", SCRIPT),
            Map.entry("player.js", SCRIPT),
            Map.entry("roll.js", SCRIPT),
            Map.entry("key.js", SCRIPT),
            Map.entry("keyboard.js", SCRIPT),
            Map.entry("duet.js", SCRIPT),
            Map.entry("smf.js", SCRIPT));

    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final Map<String, String> tags = new LinkedHashMap<>();

    StudioHandler() {
        for (String name : TYPES.keySet()) {
            byte[] content = read(name);
            files.put(name, content);
            tags.put(name, "\"" + Sha256.hex(content).substring(0, 32) + "\"");
        }
    }

    private static byte[] read(String name) {
        try (InputStream in = StudioHandler.class.getResourceAsStream("/studio/" + name)) {
            if (in == null) {
                throw new IllegalStateException("studio/" + name + " is missing in the server's jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code GET /studio/{file}}. */
    void file(Context ctx) throws ProblemException {
        String name = ctx.pathParam("file");
        if (!TYPES.containsKey(name) || name.equals(INDEX)) {
            throw new ProblemException(ProblemType.NOT_FOUND, "the studio has no such file");
        }
        answer(ctx, name);
    }

    /** The page itself. */
    void page(Context ctx) {
        answer(ctx, INDEX);
    }

    private void answer(Context ctx, String name) {
        RequestId.of(ctx);
        String tag = String.valueOf(tags.get(name));
        ctx.header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "no-cache")
                .header("ETag", tag);
        if (EntityTag.isKnown(ctx, tag)) {
            ctx.status(304);
            return;
        }
        ctx.contentType(String.valueOf(TYPES.get(name))).result(files.getOrDefault(name, new byte[0]));
    }
}
