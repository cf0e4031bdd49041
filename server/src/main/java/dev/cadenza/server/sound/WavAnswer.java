package dev.cadenza.server.sound;

import dev.cadenza.console.ByteSize;
import dev.cadenza.generation.Length;
import dev.cadenza.generation.Prompt;
import dev.cadenza.server.http.answer.BodyWriter;
import dev.cadenza.server.http.answer.FileAnswer;
import dev.cadenza.server.http.answer.MediaType;
import dev.cadenza.server.http.answer.Services;
import dev.cadenza.server.http.answer.ShortenedHeader;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import dev.cadenza.server.request.GenerateRequest;
import dev.cadenza.server.serving.GenerationResult;
import dev.cadenza.server.serving.ModelLease;
import dev.cadenza.server.sound.SoundStore.Sound;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A WAV file of the piece, answered in ranges of bytes if it can be asked for again. */
final class WavAnswer implements FileAnswer<GenerateRequest> {
    private final Sounds sounds;
    private final Services services;

    WavAnswer(Sounds sounds, Services services) {
        this.sounds = sounds;
        this.services = services;
    }

    @Override
    public String mediaType() {
        return MediaType.WAV;
    }

    @Override
    public String extension() {
        return ".wav";
    }

    @Override
    public String variant() {
        return mediaType() + " " + sounds.id();
    }

    /** Refuses also what would last longer than a sound may, as far as that is known before a note is played. */
    @Override
    public void requireFits(GenerateRequest request) throws ProblemException {
        FileAnswer.super.requireFits(request);
        Prompt prompt = request.includePrompt() ? request.heard() : null;
        double before = prompt == null ? 0 : prompt.lastOnsetSeconds();
        if (prompt != null && WavRenderer.seconds(prompt.score()) > Sounds.LONGEST_SECONDS) {
            throw Sounds.tooLong(
                    "prompt", WavRenderer.seconds(prompt.score()), "send a shorter one, or include_prompt=false");
        }
        if (request.options().length() instanceof Length.Seconds length
                && WavRenderer.seconds(before + length.seconds()) > Sounds.LONGEST_SECONDS) {
            throw Sounds.tooLong("seconds", WavRenderer.seconds(before + length.seconds()), "ask for fewer seconds");
        }
    }

    /** How long the sound is, and why if that is too short, if it is there. */
    @Override
    public void head(Context ctx) {
        String tag = ctx.res().getHeader("ETag");
        Sound there = tag == null ? null : sounds.ready(tag);
        ctx.header("Accept-Ranges", tag == null ? "none" : "bytes");
        if (there != null) {
            ctx.header("Content-Length", Long.toString(there.bytes()));
            ShortenedHeader.set(ctx, there.note());
        }
    }

    @Override
    public CompletableFuture<?> write(Context ctx, GenerateRequest request, ModelLease lease) throws ProblemException {
        // Without a tag it cannot be asked for again.
        String tag = ctx.res().getHeader("ETag");
        String key = tag == null ? UUID.randomUUID().toString() : tag;
        AtomicBoolean asked = new AtomicBoolean();
        CompletableFuture<Sound> sound;
        try {
            sound = sounds.get(key, to -> {
                asked.set(true);
                // Others may wait for the same sound, so it is made even if this client goes away.
                return services.play(
                                ctx,
                                request,
                                lease,
                                () -> GenerationResult.work(request, lease, note -> true, services.events()),
                                () -> true)
                        .thenAcceptAsync(
                                played -> {
                                    to.note(ShortenedHeader.of(played.answer()));
                                    sounds.render(played.answer().score(0), to);
                                },
                                sounds.renderer());
            });
        } finally {
            if (!asked.get()) {
                lease.close();
            }
        }
        return sound.thenComposeAsync(
                made -> {
                    ShortenedHeader.set(ctx, made.note());
                    return write(ctx, made, tag);
                },
                services.writers());
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
}
