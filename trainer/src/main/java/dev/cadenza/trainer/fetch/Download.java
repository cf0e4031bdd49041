package dev.cadenza.trainer.fetch;

import dev.cadenza.console.ProgressBar;
import dev.cadenza.console.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Downloads a published file, goes on where an earlier attempt or run stopped (Range and If-Range, RFC 9110), and gives
 * it its name only when its sha256 is right.
 */
final class Download {
    private static final String LABEL = "fetching";
    private static final int BUFFER_BYTES = 1 << 16;

    /**
     * How long a download waits, and how often it tries.
     *
     * @param attempts requests in all, at least 1
     * @param firstPause before the second attempt; it doubles from there
     * @param longestPause no pause is longer, whatever the server asks for
     * @param connect to the server
     * @param answer from the request to the headers
     * @param stall within the body, without a byte
     */
    record Patience(
            int attempts,
            Duration firstPause,
            Duration longestPause,
            Duration connect,
            Duration answer,
            Duration stall) {
        static final Patience USUAL = new Patience(
                8,
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60));

        Patience {
            if (attempts < 1) {
                throw new IllegalArgumentException("attempts (" + attempts + ") must be at least 1");
            }
        }

        /** The pause after attempt 1, 2, ... when the server asked for {@code asked}. */
        Duration pauseAfter(int attempt, Duration asked) {
            Duration doubled = firstPause.multipliedBy(1L << Math.min(attempt - 1, 20));
            Duration pause = doubled.compareTo(asked) < 0 ? asked : doubled;
            return pause.compareTo(longestPause) < 0 ? pause : longestPause;
        }
    }

    private final Terminal terminal;
    private final Patience patience;
    private final HttpClient client;

    Download(Terminal terminal, Patience patience) {
        this.terminal = terminal;
        this.patience = patience;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL) // never from https to http
                .connectTimeout(patience.connect())
                .build();
    }

    /** Where the file is; {@code downloaded} is false when it had been there before. */
    record Outcome(Path file, long bytes, boolean downloaded) {}

    /**
     * Makes sure that the folder holds the file.
     *
     * @throws FetchException if it cannot be had, or another file of that name is there; what has arrived is kept
     *     unless its sha256 is wrong
     */
    Outcome fetch(PublishedCorpus published, Path folder) throws FetchException, InterruptedException {
        Path target = folder.resolve(published.file());
        if (Files.exists(target)) {
            return alreadyThere(published, target);
        }
        try (PartFile part = PartFile.open(target)) {
            receive(published.uri(), part);
            long bytes = part.size();
            String sha256 = part.sha256();
            if (!sha256.equals(published.sha256())) {
                part.discard();
                throw new FetchException("what " + published.uri() + " sent (" + bytes + " bytes) has sha256 " + sha256
                        + " instead of " + published.sha256() + "; it was removed");
            }
            part.publish();
            return new Outcome(target, bytes, true);
        }
    }

    private static Outcome alreadyThere(PublishedCorpus published, Path target) throws FetchException {
        try (InputStream in = Files.newInputStream(target)) {
            String sha256 = PartFile.sha256(in);
            if (!sha256.equals(published.sha256())) {
                throw new FetchException(target + " exists but has sha256 " + sha256 + " instead of "
                        + published.sha256() + "; move it away to fetch the published one");
            }
            return new Outcome(target, Files.size(target), false);
        } catch (IOException e) {
            throw new FetchException("cannot read " + target + ": " + e.getMessage(), e);
        }
    }

    private void receive(URI uri, PartFile part) throws FetchException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            IOException failure;
            try {
                attempt(uri, part);
                return;
            } catch (SSLException e) {
                throw new FetchException("no secure connection to " + uri.getHost() + ": " + e.getMessage(), e);
            } catch (IOException e) {
                failure = e;
            }
            String why = describe(failure);
            // A name that was never found will not be found by trying again; one that is lost on the way may be.
            if (attempt == patience.attempts() || (attempt == 1 && isUnknownHost(failure))) {
                String kept = part.size() > 0
                        ? "; " + part.size() + " bytes are kept in " + part.path()
                                + ", the same command goes on from there"
                        : "";
                throw new FetchException(
                        uri + ": " + why + "; gave up after " + attempt + (attempt == 1 ? " attempt" : " attempts")
                                + kept,
                        failure);
            }
            Duration asked = failure instanceof TryAgainException again ? again.pause : Duration.ZERO;
            Duration pause = patience.pauseAfter(attempt, asked);
            terminal.stream().println(why + "; trying again in " + (pause.toMillis() + 999) / 1000 + " s");
            Thread.sleep(pause.toMillis());
        }
    }

    /** One request. Returns when all of the file is there, fails with an IOException when another try may help. */
    private void attempt(URI uri, PartFile part) throws IOException, FetchException, InterruptedException {
        long have = part.size();
        Optional<String> tag = part.tag();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(patience.answer()).header("User-Agent", "cadenza-trainer");
        if (have > 0) {
            request.header("Range", "bytes=" + have + "-");
            tag.ifPresent(value -> request.header("If-Range", value));
        }
        HttpResponse<InputStream> response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (Body body = new Body(response.body(), patience.stall())) {
            int status = response.statusCode();
            if (status == 200) {
                if (have > 0) {
                    terminal.stream().println("the server sends the whole file again: starting over");
                }
                part.restart(response.headers().firstValue("ETag"));
                copy(
                        body,
                        part,
                        response.headers().firstValueAsLong("Content-Length").orElse(-1));
            } else if (have > 0 && (status == 206 || status == 416)) {
                continued(response, body, part, tag);
            } else if (status == 408 || status == 429 || status >= 500) {
                throw new TryAgainException(uri.getHost() + " answered " + status, retryAfter(response));
            } else {
                throw new FetchException(uri + " answered " + status + meaning(response));
            }
        }
    }

    /** Takes the answer to a Range request, if it continues what is there; empties the part if it does not. */
    private void continued(HttpResponse<?> response, Body body, PartFile part, Optional<String> tag)
            throws IOException, FetchException {
        Optional<ContentRange> range =
                response.headers().firstValue("Content-Range").flatMap(ContentRange::parse);
        Optional<String> sentTag = response.headers().firstValue("ETag").filter(PartFile::isStrong);
        boolean sameEdition = tag.isEmpty() || sentTag.isEmpty() || tag.equals(sentTag);
        if (sameEdition && range.isPresent()) {
            long have = part.size();
            if (response.statusCode() == 206 && range.get().start() == have) {
                copy(body, part, range.get().total());
                return;
            }
            if (response.statusCode() == 416 && range.get().total() == have) {
                return; // nothing is missing
            }
        }
        part.restart(Optional.empty());
        throw new TryAgainException("the file on the server is not the one begun before: starting over", Duration.ZERO);
    }

    private void copy(Body body, PartFile part, long total) throws IOException, FetchException {
        long have = part.size();
        try (ProgressBar progress = total >= 0
                ? ProgressBar.of(terminal, LABEL, ProgressBar.BYTES, total)
                : ProgressBar.ofUnknownTotal(terminal, LABEL, ProgressBar.BYTES)) {
            progress.startAt(have);
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                part.append(buffer, read);
                have += read;
                progress.update(have);
            }
        }
        if (total >= 0 && have != total) {
            if (have > total) {
                part.restart(Optional.empty());
            }
            throw new TryAgainException("the server sent " + have + " bytes of " + total, Duration.ZERO);
        }
    }

    private static Duration retryAfter(HttpResponse<?> response) {
        String seconds = response.headers().firstValue("Retry-After").orElse("");
        return seconds.matches("[0-9]{1,6}") ? Duration.ofSeconds(Long.parseLong(seconds)) : Duration.ZERO;
    }

    private static String meaning(HttpResponse<?> response) {
        return switch (response.statusCode()) {
            case 301, 302, 303, 307, 308 ->
                " (a redirect to " + response.headers().firstValue("Location").orElse("nowhere")
                        + " that is not followed)";
            case 401, 403 -> " (access refused)";
            case 404, 410 -> " (no such file)";
            default -> " (not a download)";
        };
    }

    private String describe(IOException failure) {
        if (isUnknownHost(failure)) {
            return "unknown host, or no network";
        }
        if (failure instanceof HttpConnectTimeoutException) {
            return "no connection within " + patience.connect().toSeconds() + " s";
        }
        @Nullable String message = failure.getMessage();
        if (failure instanceof ConnectException) {
            return "no connection" + (message == null ? "" : ": " + message);
        }
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private static boolean isUnknownHost(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }

    /** One attempt failed in a way that may pass; the next one should wait at least {@code pause}. */
    private static final class TryAgainException extends IOException {
        private final transient Duration pause;

        TryAgainException(String message, Duration pause) {
            super(message);
            this.pause = pause;
        }
    }

    /**
     * A Content-Range header (RFC 9110, section 14.4).
     *
     * @param start first byte that follows, or -1 where the header says that none does ("bytes *&#47;100")
     * @param total size of the whole, or -1 where the server does not know
     */
    private record ContentRange(long start, long total) {
        private static final Pattern FORM = Pattern.compile(
                "bytes (?:\\*|([0-9]{1,18})-[0-9]{1,18})/(?:\\*|([0-9]{1,18}))", Pattern.CASE_INSENSITIVE);

        static Optional<ContentRange> parse(String header) {
            Matcher matcher = FORM.matcher(header.strip());
            return matcher.matches()
                    ? Optional.of(new ContentRange(number(matcher, 1), number(matcher, 2)))
                    : Optional.empty();
        }

        private static long number(Matcher matcher, int group) {
            String digits = matcher.group(group);
            return digits == null ? -1 : Long.parseLong(digits);
        }
    }

    /**
     * Reads a stream and fails when one read waits too long: {@link HttpClient} limits only the wait for the headers.
     * The read is ended by closing the stream below it.
     */
    private static final class Body implements AutoCloseable {
        private final InputStream in;
        private final Duration longest;
        private volatile boolean stalled;

        Body(InputStream in, Duration longest) {
            this.in = in;
            this.longest = longest;
        }

        int read(byte[] buffer) throws IOException {
            CompletableFuture<Void> alarm = CompletableFuture.runAsync(
                    this::expire, CompletableFuture.delayedExecutor(longest.toMillis(), TimeUnit.MILLISECONDS));
            try {
                int read = in.read(buffer);
                if (read < 0 && stalled) {
                    throw tooLong();
                }
                return read;
            } catch (IOException e) {
                throw stalled ? tooLong() : e;
            } finally {
                alarm.cancel(false);
            }
        }

        private void expire() {
            stalled = true;
            try {
                in.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e); // kept by the future; the reader fails as stalled
            }
        }

        private HttpTimeoutException tooLong() {
            return new HttpTimeoutException("nothing arrived for " + longest.toMillis() / 1000.0 + " s");
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
