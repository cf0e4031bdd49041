package dev.cadenza.console;

/**
 * Progress of one long piece of work, on standard error: a bar redrawn in place on a terminal, plain lines otherwise.
 *
 * <p>Nothing is shown before two seconds have passed, so that short work stays silent. On a terminal the bar is then
 * redrawn at most ten times per second; elsewhere a line is printed at once and every ten seconds. Rate and time left
 * are those of the whole run so far. It draws only when it is updated (there is no thread behind it), and an update
 * that draws nothing costs a look at the clock. Safe for use by several threads.
 *
 * <pre>{@code
 * try (ProgressBar progress = ProgressBar.of("encoding", "files", files.size())) {
 *     for (int i = 0; i < files.size(); i++) {
 *         encode(files.get(i));
 *         progress.update(i + 1);
 *     }
 * }
 * }</pre>
 */
public final class ProgressBar implements AutoCloseable {
    /** The unit that is shown as kB, MB or GB. */
    public static final String BYTES = "bytes";

    private static final long UNKNOWN = -1;
    private static final long NANOS = 1_000_000_000L;
    private static final long SILENT_NANOS = 2 * NANOS;
    private static final long REDRAW_NANOS = NANOS / 10;
    private static final long LINE_NANOS = 10 * NANOS;

    private final Terminal terminal;
    private final ProgressText text;
    private final long startNanos;

    private long startDone;
    private long done;
    private String note = "";
    private long lastShownNanos;
    private boolean shown;
    private int drawnLength;
    private boolean closed;

    private ProgressBar(Terminal terminal, String label, String unit, long total) {
        this.terminal = terminal;
        this.text = new ProgressText(label, unit, total);
        this.startNanos = terminal.nanoClock().getAsLong();
    }

    /**
     * Progress on standard error.
     *
     * @param label what is being done, first in every line
     * @param unit what is counted, in the plural; {@link #BYTES} is scaled
     * @param total how many there are, at least 0
     */
    public static ProgressBar of(String label, String unit, long total) {
        return of(Terminal.standardError(), label, unit, total);
    }

    /** {@link #of(String, String, long)} on another terminal. */
    public static ProgressBar of(Terminal terminal, String label, String unit, long total) {
        if (total < 0) {
            throw new IllegalArgumentException("total (" + total + ") must not be negative");
        }
        return new ProgressBar(terminal, label, unit, total);
    }

    /** Progress on standard error of work whose size is not known. */
    public static ProgressBar ofUnknownTotal(String label, String unit) {
        return ofUnknownTotal(Terminal.standardError(), label, unit);
    }

    /** {@link #ofUnknownTotal(String, String)} on another terminal. */
    public static ProgressBar ofUnknownTotal(Terminal terminal, String label, String unit) {
        return new ProgressBar(terminal, label, unit, UNKNOWN);
    }

    /** Says that {@code done} was there before the start, so that it counts as done but not towards the rate. */
    public synchronized void startAt(long done) {
        requireNotNegative(done);
        this.startDone = done;
        this.done = done;
    }

    /** Sets how much is done, at least 0; it may go back when work starts over. */
    public void update(long done) {
        update(done, "");
    }

    /** Sets how much is done, with a remark for the end of the line, such as the loss so far. */
    public synchronized void update(long done, String note) {
        requireNotNegative(done);
        if (closed) {
            throw new IllegalStateException("the progress of " + text.label() + " is closed");
        }
        this.done = done;
        this.note = note;
        this.startDone = Math.min(startDone, done);
        long now = terminal.nanoClock().getAsLong();
        if (now - startNanos < SILENT_NANOS) {
            return;
        }
        if (!shown || now - lastShownNanos >= (terminal.redraws() ? REDRAW_NANOS : LINE_NANOS)) {
            show(now);
        }
    }

    /** Prints a line of its own without tearing the bar: clears it, prints, draws it again. */
    public synchronized void printLine(String line) {
        if (drawnLength > 0) {
            terminal.stream().print("\r" + " ".repeat(drawnLength) + "\r");
            drawnLength = 0;
        }
        terminal.stream().println(line);
        if (shown && !closed && terminal.redraws()) {
            show(terminal.nanoClock().getAsLong());
        }
    }

    /** Shows the last state once more and ends the line, if anything was shown at all. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (shown) {
            show(terminal.nanoClock().getAsLong());
            if (terminal.redraws()) {
                terminal.stream().println();
            }
            drawnLength = 0;
        }
    }

    private void show(long now) {
        double seconds = Math.max(0, now - startNanos) / (double) NANOS;
        ProgressText.State state = new ProgressText.State(done, done - startDone, seconds, closed, note);
        if (terminal.redraws()) {
            // One column stays free: a character in the last one makes some terminals wrap.
            String line = text.bar(state, terminal.columns() - 1);
            terminal.stream().print("\r" + line + " ".repeat(Math.max(0, drawnLength - line.length())));
            drawnLength = line.length();
        } else {
            terminal.stream().println(text.line(state));
        }
        terminal.stream().flush();
        shown = true;
        lastShownNanos = now;
    }

    private static void requireNotNegative(long done) {
        if (done < 0) {
            throw new IllegalArgumentException("done (" + done + ") must not be negative");
        }
    }
}
