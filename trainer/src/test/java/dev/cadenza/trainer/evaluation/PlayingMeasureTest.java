package dev.cadenza.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PlayingMeasureTest {
    private static Excerpt scale(int notes, int ticks) {
        return Excerpts.of(
                100,
                IntStream.range(0, notes)
                        .mapToObj(note -> new int[] {ticks, 48 + note % 24, 64, ticks})
                        .toArray(int[][]::new));
    }

    private static Excerpt avalanche() {
        List<int[]> notes = new ArrayList<>();
        IntStream.range(40, 56).forEach(key -> notes.add(new int[] {0, key, 64, 10}));
        return Excerpts.of(100, notes.toArray(int[][]::new));
    }

    @Test
    void sharesAreOfPiecesAndLongestAndFewestAreOfAll() {
        List<Excerpt> pieces = List.of(scale(100, 25), avalanche(), scale(100, 25), scale(100, 25));
        Map<PlayingMeasure, Double> all = PlayingMeasure.all(pieces, pieces);
        assertThat(all).containsOnlyKeys(PlayingMeasure.values());
        assertThat(all)
                .containsEntry(PlayingMeasure.UNPLAYABLE, 0.25)
                .containsEntry(PlayingMeasure.AVALANCHES, 0.25)
                .containsEntry(PlayingMeasure.MOST_NOTES, 16.0)
                .containsEntry(PlayingMeasure.NOTES_PER_ONSET, (3 + 16) / 4.0)
                .containsEntry(PlayingMeasure.FEWEST_KEYS, 24.0)
                .containsEntry(PlayingMeasure.CLASHES, (15 + 5 + 3) / 120.0 / 4)
                .hasEntrySatisfying(
                        PlayingMeasure.SLOWING, slowing -> assertThat(slowing).isCloseTo(1, within(1e-9)));
    }

    @Test
    void endingsAreMeasuredOnTheEndsThatAreGiven() {
        Excerpt slowing = Excerpts.of(
                100,
                IntStream.range(0, 41)
                        .mapToObj(note -> new int[] {note < 33 ? 10 : 30, 60, 64, 10})
                        .toArray(int[][]::new));
        List<Excerpt> pieces = List.of(scale(100, 25));
        Map<PlayingMeasure, Double> all = PlayingMeasure.all(pieces, List.of(slowing));
        assertThat(all.get(PlayingMeasure.SLOWING)).isCloseTo(3, within(1e-9));
        assertThat(all).containsEntry(PlayingMeasure.BASS_ON_TONIC, 1.0);
    }

    @Test
    void whatCannotBeMeasuredIsLeftOut() {
        List<Excerpt> one = List.of(Excerpts.of(100, new int[] {0, 60, 64, 10}));
        Map<PlayingMeasure, Double> all = PlayingMeasure.all(one, one);
        assertThat(all)
                .doesNotContainKeys(
                        PlayingMeasure.PULSE_CLARITY,
                        PlayingMeasure.PULSE_PERSISTENCE,
                        PlayingMeasure.FEWEST_KEYS,
                        PlayingMeasure.SLOWING)
                .containsEntry(PlayingMeasure.UNPLAYABLE, 0.0);
        assertThat(PlayingMeasure.toJson(all).has("pulse_clarity")).isFalse();
        String table = PlayingMeasure.table(PlayingMeasure.toJson(all), PlayingMeasure.toJson(all));
        assertThat(table.lines()).hasSize(1 + PlayingMeasure.values().length).allMatch(line -> line.length() == 54);
        assertThat(PlayingMeasure.all(List.of(), List.of())).isEmpty();
    }
}
