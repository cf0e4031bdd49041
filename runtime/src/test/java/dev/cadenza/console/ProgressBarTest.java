package dev.cadenza.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private long nowNanos = Long.MAX_VALUE - 5; // nanoTime may wrap

    @Test
    void staysSilentForWorkUnderTwoSeconds() {
        for (boolean redraws : new boolean[] {true, false}) {
            try (ProgressBar bar = ProgressBar.of(terminal(redraws, 80), "encoding", "files", 10)) {
                advance(1.9);
                bar.update(10);
                advance(5);
            }
            assertThat(text()).isEmpty();
        }
    }

    @Test
    void printsPlainLinesEveryTenSeconds() {
        try (ProgressBar bar = ProgressBar.of(terminal(false, 80), "encoding", "files", 2400)) {
            for (int second = 1; second <= 23; second++) {
                advance(1);
                bar.update(second * 100L, second == 12 ? "one\nremark" : "");
            }
            advance(1);
            bar.update(2400);
        }
        assertThat(lines())
                .containsExactly(
                        "encoding: 200 of 2,400 files (8 %), 100 files/s, 0:22 left",
                        "encoding: 1,200 of 2,400 files (50 %), 100 files/s, 0:12 left, one remark",
                        "encoding: 2,200 of 2,400 files (91 %), 100 files/s, 0:02 left",
                        "encoding: 2,400 of 2,400 files (100 %), 100 files/s, took 0:24");
    }

    @Test
    void redrawsOneLineInPlace() {
        try (ProgressBar bar = ProgressBar.of(terminal(true, 70), "fetch", ProgressBar.BYTES, 40_000_000)) {
            advance(2);
            bar.update(10_000_000, "a long remark");
            advance(0.05);
            bar.update(15_000_000);
            advance(1.95);
            bar.update(20_000_000);
        }
        String[] drawings = text().split("\r", -1);
        assertThat(drawings).hasSize(4); // nothing, two drawings, the end: the update in between came too soon
        assertThat(drawings[0]).isEmpty();
        assertThat(drawings[1]).startsWith("fetch [##------]  25 %  10.0 MB of 40.0 MB  5.0 MB/s  0:06 left  a lo");
        assertThat(drawings[2].stripTrailing())
                .isEqualTo("fetch [#######-------]  50 %  20.0 MB of 40.0 MB  5.0 MB/s  0:04 left");
        assertThat(drawings[2]).hasSizeGreaterThanOrEqualTo(drawings[1].length());
        assertThat(drawings[3]).contains(" 50 % ").endsWith("took 0:04" + System.lineSeparator());
        assertThat(text().lines().count()).isEqualTo(4); // String.lines also ends a line at a carriage return
        assertThat(drawings)
                .allSatisfy(drawing -> assertThat(drawing.strip().length()).isLessThan(70));
    }

    @Test
    void whatWasThereBeforeDoesNotCountTowardsTheRate() {
        try (ProgressBar bar = ProgressBar.of(terminal(false, 80), "fetch", ProgressBar.BYTES, 100_000_000)) {
            bar.startAt(50_000_000);
            advance(5);
            bar.update(60_000_000);
        }
        assertThat(lines().get(0)).isEqualTo("fetch: 60.0 MB of 100.0 MB (60 %), 2.0 MB/s, 0:20 left");
    }

    @Test
    void startsOverWhenWorkDoes() {
        try (ProgressBar bar = ProgressBar.of(terminal(false, 80), "fetch", ProgressBar.BYTES, 100_000_000)) {
            bar.startAt(50_000_000);
            bar.update(0);
            advance(5);
            bar.update(10_000_000);
        }
        assertThat(lines().get(0)).isEqualTo("fetch: 10.0 MB of 100.0 MB (10 %), 2.0 MB/s, 0:45 left");
    }

    @Test
    void countsWithoutATotal() {
        try (ProgressBar bar = ProgressBar.ofUnknownTotal(terminal(false, 80), "walking", "files")) {
            advance(4000);
            bar.update(1000);
        }
        assertThat(lines())
                .containsExactly(
                        "walking: 1,000 files, 0.25 files/s, 1:06:40",
                        "walking: 1,000 files, 0.25 files/s, took 1:06:40");
    }

    @Test
    void aLineBetweenDoesNotTearTheBar() {
        try (ProgressBar bar = ProgressBar.of(terminal(true, 80), "encoding", "files", 4)) {
            advance(2);
            bar.update(1);
            bar.printLine("skipped: broken.mid");
        }
        assertThat(text()).containsPattern("left\r +\rskipped: broken\\.mid\\R\rencoding \\[");
    }

    @Test
    void refusesNegativeCountsAndUseAfterClose() {
        ProgressBar bar = ProgressBar.of(terminal(true, 80), "encoding", "files", 4);
        assertThatThrownBy(() -> bar.update(-1)).hasMessage("done (-1) must not be negative");
        bar.close();
        bar.close();
        assertThatThrownBy(() -> bar.update(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ProgressBar.of(terminal(true, 80), "x", "y", -2))
                .hasMessage("total (-2) must not be negative");
    }

    @Test
    void knowsATerminal() {
        Map<String, String> xterm = Map.of("TERM", "xterm");
        assertThat(Terminal.redraws(xterm, null, "/dev/pts/3")).isTrue();
        assertThat(Terminal.redraws(Map.of("TERM", "dumb"), null, "/dev/pts/3")).isFalse();
        assertThat(Terminal.redraws(Map.of("TERM", "dumb"), "true", "/dev/pts/3"))
                .isFalse();
        assertThat(Terminal.redraws(xterm, null, "/home/me/log.txt")).isFalse();
        assertThat(Terminal.redraws(xterm, null, "pipe:[123]")).isFalse();
        assertThat(Terminal.redraws(xterm, null, null)).isFalse();
        assertThat(Terminal.redraws(xterm, "true", null)).isTrue();
        assertThat(Terminal.redraws(xterm, "false", "/dev/pts/3")).isFalse();
        assertThat(Terminal.columns("132")).isEqualTo(132);
        assertThat(Terminal.columns("3")).isEqualTo(20);
        assertThat(Terminal.columns("wide")).isEqualTo(80);
        assertThat(Terminal.columns(null)).isEqualTo(80);
    }

    private Terminal terminal(boolean redraws, int columns) {
        return new Terminal(new PrintStream(shown, true, UTF_8), redraws, columns, () -> nowNanos);
    }

    private void advance(double seconds) {
        nowNanos += Math.round(seconds * 1e9);
    }

    private String text() {
        return shown.toString(UTF_8);
    }

    private List<String> lines() {
        return text().lines().toList();
    }
}
