package dev.cadenza.server.http.answer;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes an answer of any size as fast as the client reads it, without a thread that waits for the client. */
public final class BodyWriter implements WriteListener {
    private static final Logger LOG = LoggerFactory.getLogger(BodyWriter.class);
    private static final int WRITE_BYTES = 1 << 15;

    private final InputStream body;
    private final ServletOutputStream out;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    private BodyWriter(InputStream body, ServletOutputStream out) {
        this.body = body;
        this.out = out;
    }

    /**
     * Begins to write; the body is closed at the end.
     *
     * @param out of a request that is handled asynchronously
     * @return completes when everything is written, or the client is gone
     */
    public static CompletableFuture<Void> write(InputStream body, ServletOutputStream out) {
        BodyWriter writer = new BodyWriter(body, out);
        out.setWriteListener(writer);
        return writer.done;
    }

    @Override
    public void onWritePossible() throws IOException {
        while (!done.isDone() && out.isReady()) {
            // A new one each time: the old one may still be on its way.
            byte[] next = body.readNBytes(WRITE_BYTES);
            if (next.length == 0) {
                end();
                return;
            }
            out.write(next);
        }
    }

    @Override
    public void onError(Throwable failure) {
        LOG.debug("the client does not read the answer any more", failure);
        end();
    }

    private void end() {
        try {
            body.close();
        } catch (IOException e) {
            LOG.debug("what was answered cannot be closed", e);
        }
        done.complete(null);
    }
}
