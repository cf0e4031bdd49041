package dev.cadenza.server.http;

import dev.cadenza.console.ByteSize;
import dev.cadenza.generation.Length;
import dev.cadenza.generation.Prompt;
import dev.cadenza.music.Score;
import dev.cadenza.server.http.access.ExchangeNotes;
import dev.cadenza.server.http.answer.BodyWriter;
import dev.cadenza.server.http.answer.ShortenedHeader;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import dev.cadenza.server.request.GenerateRequest;
import dev.cadenza.server.serving.Client;
import dev.cadenza.server.serving.GenerationResult;
import dev.cadenza.server.serving.ModelLease;
import dev.cadenza.server.sound.ByteRange;
import dev.cadenza.server.sound.FilePart;
import dev.cadenza.server.sound.SoundStore;
import dev.cadenza.server.sound.SoundStore.Sound;
import dev.cadenza.server.sound.WavRenderer;
import dev.cadenza.temporary.FileProblem;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pieces as sound: rendered one after the other beside those who play, kept by entity tag, answered in ranges. */
final class SoundAnswer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SoundAnswer.class);
    private static final double LONGEST_SECONDS = 600;
    private static final long MOST_BYTES = 256L << 20;
    private static final int MOST_WAITING = 16;
    private static final int DISK_RETRY_SECONDS = 30;
    private static final int RENDERING_RETRY_SECONDS = 5;

    private final WavRenderer renderer;
    private final SoundStore store = new SoundStore(MOST_BYTES);
    private final ThreadPoolExecutor rendering;

    SoundAnswer(WavRenderer renderer) {
        this.renderer = renderer;
        rendering = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), task -> {
            Thread thread = new Thread(task, "cadenza-sound");
            thread.setDaemon(true);
            return thread;
        });
        rendering.allowCoreThreadTimeOut(true);
    }

    /** What the sound depends on besides the notes. */
    String id() {
        return renderer.id();
    }

    /**
     * Refuses what would last longer than a sound may, as far as that is known before a note is played.
     *
     * @throws ProblemException that names the field
     */
    static void requireFits(GenerateRequest request) throws ProblemException {
        Prompt prompt = request.includePrompt() ? request.heard() : null;
        double before = prompt == null ? 0 : prompt.lastOnsetSeconds();
        if (prompt != null && WavRenderer.seconds(prompt.score()) > LONGEST_SECONDS) {
            throw tooLong("prompt", WavRenderer.seconds(prompt.score()), "send a shorter one, or include_prompt=false");
        }
        if (request.options().length() instanceof Length.Seconds length
                && WavRenderer.seconds(before + length.seconds()) > LONGEST_SECONDS) {
            throw tooLong("seconds", WavRenderer.seconds(before + length.seconds()), "ask for fewer seconds");
        }
    }

    private static ProblemException tooLong(String field, double seconds, String remedy) {
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

    /** What a {@code HEAD} is told: how long the sound is, and why if that is too short, if it is there. */
    void head(Context ctx, @Nullable String tag) {
        Sound there = tag == null ? null : store.ready(tag);
        ctx.header("Accept-Ranges", tag == null ? "none" : "bytes");
        if (there != null) {
            ctx.header("Content-Length", Long.toString(there.bytes()));
            ShortenedHeader.set(ctx, there.note());
        }
    }

    /**
     * Answers a request that is handled asynchronously as soon as the piece is played and rendered, at once if it is there;
     * the lease is given back.
     *
     * @param tag of the answer; null for one that cannot be asked for again
     * @throws ProblemException if too many wait already
     */
    CompletableFuture<?> begin(
            Context ctx, GenerateRequest request, ModelLease lease, Players players, @Nullable String tag)
            throws ProblemException {
        Client client = ExchangeNotes.of(ctx).share();
        AtomicBoolean asked = new AtomicBoolean();
        String key = tag == null ? UUID.randomUUID().toString() : tag;
        CompletableFuture<Sound> sound;
        try {
            sound = store.get(key, to -> {
                asked.set(true);
                // Others may wait for the same sound, so it is made even if this client goes away.
                return players.queue()
                        .submit(
                                client,
                                request,
                                lease,
                                GenerationResult.work(request, lease, note -> true, players.events()),
                                () -> true)
                        .thenAcceptAsync(
                                played -> {
                                    to.note(ShortenedHeader.of(played.answer()));
                                    render(played.answer().score(0), to);
                                },
                                rendering);
            });
        } finally {
            if (!asked.get()) {
                lease.close();
            }
        }
        return sound.handle((made, failure) -> {
                    if (failure != null) {
                        throw problem(failure);
                    }
                    return made;
                })
                .thenComposeAsync(
                        made -> {
                            ShortenedHeader.set(ctx, made.note());
                            return write(ctx, made, tag);
                        },
                        players.writers());
    }

    private void render(Score score, SoundStore.Target to) {
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
            LOG.warn("a piece cannot be answered as sound: {}", written.toString());
            return new CompletionException(ProblemException.retryable(
                    ProblemType.UNAVAILABLE,
                    "the server cannot write a file of sound into its folder for temporary files"
                            + FileProblem.inBrackets(written) + "; other media types are answered",
                    DISK_RETRY_SECONDS));
        }
        return new CompletionException(cause);
    }

    private static CompletableFuture<Void> write(Context ctx, Sound sound, @Nullable String tag) {
        long size = sound.bytes();
        ByteRange whole = new ByteRange(0, size - 1);
        ByteRange range = range(ctx, size, tag);
        ctx.header("Accept-Ranges", tag == null ? "none" : "bytes");
        if (range != null && !range.isThere()) {
            ctx.header("Content-Range", "bytes */" + size);
            throw new CompletionException(new ProblemException(
                    ProblemType.RANGE_NOT_SATISFIABLE,
                    "the sound has " + ByteSize.of(size) + ": bytes 0 to " + (size - 1)));
        }
        ByteRange sent = range == null ? whole : range;
        if (range != null) {
            ctx.status(206).header("Content-Range", "bytes " + range.first() + "-" + range.last() + "/" + size);
        }
        ctx.header("Content-Length", Long.toString(sent.length()));
        try {
            return BodyWriter.write(
                    FilePart.open(sound.file(), sent.first(), sent.length()),
                    ctx.res().getOutputStream());
        } catch (IOException e) {
            throw new CompletionException(ProblemException.retryable(
                    ProblemType.UNAVAILABLE, "the sound has just made room for others; ask again", 1));
        }
    }

    /** What is asked for of a sound that can be asked for again; null for all of it. */
    private static @Nullable ByteRange range(Context ctx, long size, @Nullable String tag) {
        String header = ctx.req().getHeader("Range");
        if (header == null || tag == null || !ctx.req().getMethod().equals("GET")) {
            return null;
        }
        String condition = ctx.req().getHeader("If-Range");
        if (condition != null && !condition.strip().equals(tag)) {
            return null;
        }
        return ByteRange.parse(header, size).orElse(null);
    }

    /** Ends the rendering; who waits for a sound is told so. */
    void stop() {
        store.stop(ProblemException.retryable(ProblemType.UNAVAILABLE, "the server is shutting down", 1));
        rendering.shutdownNow();
    }

    @Override
    public void close() {
        stop();
        try {
            store.close();
        } catch (IOException e) {
            LOG.warn("files of sound could not be deleted: {}", e.toString());
        }
    }
}
