package dev.cadenza.server.sound;

import dev.cadenza.files.FileProblem;
import dev.cadenza.music.Score;
import dev.cadenza.server.http.Addition;
import dev.cadenza.server.http.answer.Answer;
import dev.cadenza.server.http.answer.Services;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import dev.cadenza.server.request.GenerateRequest;
import dev.cadenza.server.sound.SoundStore.Sound;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addition that answers {@code /v1/generate} as sound: pieces are rendered one after the other and kept for a
 * while.
 */
public final class Sounds implements Addition {
    private static final Logger LOG = LoggerFactory.getLogger(Sounds.class);
    static final double LONGEST_SECONDS = 600;
    private static final long MOST_BYTES = 256L << 20;
    private static final int MOST_WAITING = 16;
    private static final int DISK_RETRY_SECONDS = 30;
    private static final int RENDERING_RETRY_SECONDS = 5;

    private final WavRenderer renderer;
    private final SoundStore store = new SoundStore(MOST_BYTES);
    private final ThreadPoolExecutor rendering;

    public Sounds(WavRenderer renderer) {
        this.renderer = renderer;
        rendering = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), task -> {
            Thread thread = new Thread(task, "cadenza-sound");
            thread.setDaemon(true);
            return thread;
        });
        rendering.allowCoreThreadTimeOut(true);
    }

    @Override
    public List<Answer<GenerateRequest>> answers(Services services) {
        return List.of(new WavAnswer(this, services));
    }

    /** What the sound depends on in addition to the notes. */
    String id() {
        return renderer.id();
    }

    /** The sound of a key, if it is there. */
    @Nullable
    Sound ready(String key) {
        return store.ready(key);
    }

    /** Renders pieces, one after the other. */
    Executor renderer() {
        return rendering;
    }

    /**
     * The sound of a key: what is there or is being made, else what the maker makes.
     *
     * @return fails with what the client is to be answered
     * @throws ProblemException if too many wait already
     */
    CompletableFuture<Sound> get(String key, SoundStore.Maker<ProblemException> maker) throws ProblemException {
        return store.get(key, maker).exceptionally(failure -> {
            throw problem(failure);
        });
    }

    void render(Score score, SoundStore.Target to) {
        double seconds = WavRenderer.seconds(score);
        if (seconds > LONGEST_SECONDS) {
            throw new CompletionException(tooLong("notes", seconds, "ask for fewer notes or seconds"));
        }
        try {
            to.write(file -> renderer.render(score, file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CompletionException problem(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof RejectedExecutionException) {
            return new CompletionException(ProblemException.retryable(
                    ProblemType.TOO_MANY_REQUESTS,
                    "too many pieces wait to be rendered as sound; try again later",
                    RENDERING_RETRY_SECONDS));
        }
        if (cause instanceof UncheckedIOException unchecked) {
            cause = unchecked.getCause();
        }
        if (cause instanceof IOException written) {
            LOG.warn("a piece cannot be rendered as sound: {}", written.toString());
            return new CompletionException(ProblemException.retryable(
                    ProblemType.UNAVAILABLE,
                    "the server cannot write a sound file into its folder for temporary files"
                            + FileProblem.inBrackets(written) + "; other media types are answered",
                    DISK_RETRY_SECONDS));
        }
        return new CompletionException(cause);
    }

    static ProblemException tooLong(String field, double seconds, String remedy) {
        return ProblemException.ofField(
                ProblemType.TOO_LONG,
                field,
                String.format(
                        Locale.ROOT,
                        "as sound a piece lasts at most %.0f seconds, and this one would last %.1f: %s",
                        LONGEST_SECONDS,
                        seconds,
                        remedy));
    }

    @Override
    public void stop() {
        store.stop(ProblemException.retryable(ProblemType.UNAVAILABLE, "the server is shutting down", 1));
        rendering.shutdownNow();
    }

    @Override
    public void close() {
        stop();
        try {
            store.close();
        } catch (IOException e) {
            LOG.warn("sound files could not be deleted: {}", e.toString());
        }
    }
}
