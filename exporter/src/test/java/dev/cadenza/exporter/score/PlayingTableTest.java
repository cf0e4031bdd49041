package dev.cadenza.exporter.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cadenza.trainer.evaluation.Excerpt;
import dev.cadenza.trainer.evaluation.PlayingMeasure;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PlayingTableTest {
    /** A line over five octaves; every so many notes, so many keys from low to high at once. */
    private static Excerpt piece(int from, int every, int together, int ticks) {
        int[][] notes = IntStream.range(0, 200)
                .mapToObj(note ->
                        new int[] {note % every < together ? 0 : ticks, 30 + (from + note * 7) % 60, 64, ticks})
                .toArray(int[][]::new);
        return new Excerpt(IntStream.range(0, 800).map(i -> notes[i / 4][i % 4]).toArray(), 100);
    }

    private static List<Excerpt> set(int count, int together, int ticks) {
        return IntStream.range(0, count)
                .mapToObj(at -> piece(at * 5, 50, together, ticks + at))
                .toList();
    }

    private static JsonNode row(PlayingTable table, String key) {
        JsonNode row = table.toJson().path(key);
        assertThat(row.fieldNames())
                .toIterable()
                .containsExactly("people", "model", "wanted_at_least", "wanted_at_most", "holds", "must_hold");
        return row;
    }

    private static String line(PlayingTable table, String title) {
        return table.toText()
                .lines()
                .filter(line -> line.startsWith(title))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatHandsCannotPlayFails() {
        List<Excerpt> people = set(8, 1, 20);
        PlayingTable table = new PlayingTable("pieces").measures(set(8, 12, 20), people, people, true);
        JsonNode unplayable = row(table, "unplayable_pieces_share");
        assertThat(unplayable.path("people").asDouble()).isZero();
        assertThat(unplayable.path("model").asDouble()).isEqualTo(1);
        assertThat(unplayable.path("wanted_at_least").isNull()).isTrue();
        assertThat(unplayable.path("wanted_at_most").asDouble()).isEqualTo(0.02);
        assertThat(unplayable.path("holds").booleanValue()).isFalse();
        assertThat(unplayable.path("must_hold").booleanValue()).isTrue();
        assertThat(line(table, "pieces two hands cannot play")).endsWith("<= 0.020 FAIL");
        assertThat(line(table, "pieces with > 10 notes at once")).endsWith("<= 0.000 FAIL");

        PlayingTable same = new PlayingTable("pieces").measures(people, people, people, true);
        assertThat(line(same, "pieces two hands cannot play")).endsWith("PASS");
        assertThat(line(same, "pieces with > 10 notes at once")).endsWith("PASS");
        assertThat(same.toJson().properties()).hasSize(PlayingMeasure.values().length);
    }

    @Test
    void aPulseLongerThanAnyOfPeoplesFails() {
        List<Excerpt> people = set(6, 1, 20);
        Excerpt stuck = new Excerpt(
                IntStream.range(0, 800)
                        .map(i -> i % 4 == 0 ? 30 : i % 4 == 1 ? 43 : 20)
                        .toArray(),
                100);
        PlayingTable table = new PlayingTable("pieces").measures(List.of(stuck, people.get(0)), people, people, true);
        JsonNode pulse = row(table, "longest_pulse_s");
        assertThat(pulse.path("model").asDouble()).isEqualTo(59.7);
        assertThat(pulse.path("wanted_at_most")).isEqualTo(pulse.path("people"));
        assertThat(pulse.path("holds").booleanValue()).isFalse();
        assertThat(line(table, "longest trill")).endsWith("PASS");
    }

    @Test
    void wishesAreMetOrNot() {
        List<Excerpt> people = set(8, 1, 20);
        PlayingTable table = new PlayingTable("pieces")
                .measures(people, people, people, true)
                .overlap("overlap_mean", "overlap", people, people, 0.5)
                .overlap("overlap_mean_late", "late", set(8, 12, 90), people, 0.99);
        assertThat(row(table, "notes_per_onset").path("holds").booleanValue()).isFalse();
        assertThat(line(table, "notes per onset")).endsWith("1.80..1.95 not met");
        assertThat(row(table, "overlap_mean").path("people").asDouble()).isBetween(0.1, 1.0);
        assertThat(line(table, "overlap")).endsWith(">= 0.500 met");
        assertThat(line(table, "late")).endsWith(">= 0.990 not met");
        assertThat(row(table, "clashing_pairs_share").path("holds").isNull()).isTrue();
        assertThat(row(new PlayingTable("x").measures(people, people, people, false), "notes_per_onset")
                        .path("must_hold")
                        .isNull())
                .isTrue();
    }

    @Test
    void aDensityIsKeptByEveryPieceOrNotAtAll() {
        // 5 notes per second, and 4.76.
        List<Excerpt> near = set(2, 0, 20);
        JsonNode kept = row(new PlayingTable("x").density("density 6", near, 6, 1.3), "density_worst_factor");
        assertThat(kept.path("model").asDouble()).isEqualTo(1.26);
        assertThat(kept.path("holds").booleanValue()).isTrue();
        List<Excerpt> far = List.of(near.get(0), piece(0, 50, 0, 12), piece(0, 50, 0, 17));
        PlayingTable table = new PlayingTable("x").density("density 6", far, 6, 1.3);
        assertThat(row(table, "density_worst_factor").path("model").asDouble()).isEqualTo(1.3889);
        assertThat(row(table, "density_least_notes_per_s").path("model").asDouble())
                .isEqualTo(5);
        assertThat(row(table, "density_greatest_notes_per_s").path("model").asDouble())
                .isEqualTo(8.3333);
        assertThat(line(table, "density 6: off by a factor")).endsWith("<= 1.300 FAIL");
    }

    @Test
    void fewPiecesHaveNoOverlapAndNoVerdict() {
        List<Excerpt> three = set(3, 1, 20);
        PlayingTable table = new PlayingTable("x").overlap("overlap_mean", "overlap", three, three, 0.9);
        assertThat(row(table, "overlap_mean").path("model").isNull()).isTrue();
        assertThat(row(table, "overlap_mean").path("holds").isNull()).isTrue();
        assertThat(line(table, "overlap")).endsWith(">= 0.900");
        PlayingTable none = new PlayingTable("x").overlap("overlap_mean_late", "late", List.of(), List.of(), 0.9);
        assertThat(row(none, "overlap_mean_late").path("people").isNull()).isTrue();
    }
}
