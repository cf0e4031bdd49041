package dev.cadenza.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SharedRunsTest {
    private static final int[] PITCHES = {60, 67, 49, 71, 54, 77, 46, 80, 58, 73, 51, 62};

    /** Chords and single notes, far from each other. */
    private static Excerpt drawn(int notes, int pitches, Random random) {
        int[] rows = new int[notes * 4];
        for (int at = 0; at < rows.length; at += 4) {
            rows[at] = random.nextInt(2) * 30;
            rows[at + 1] = 50 + random.nextInt(pitches);
            rows[at + 2] = 64;
            rows[at + 3] = 10;
        }
        return new Excerpt(rows, 100);
    }

    private static int[] byPitch(Excerpt excerpt) {
        Integer[] order = new Integer[excerpt.notes()];
        Arrays.setAll(order, i -> i);
        long[] onsets = excerpt.onsets();
        Arrays.sort(
                order, Comparator.<Integer>comparingLong(note -> onsets[note]).thenComparingInt(excerpt::pitch));
        return Arrays.stream(order).mapToInt(excerpt::pitch).toArray();
    }

    /** By trying all pairs of places. */
    private static int slow(Excerpt excerpt, List<Excerpt> corpus) {
        int best = 0;
        int[] ours = byPitch(excerpt);
        for (Excerpt piece : corpus) {
            int[] theirs = byPitch(piece);
            for (int a = 1; a < ours.length; a++) {
                for (int b = 1; b < theirs.length; b++) {
                    int run = 0;
                    while (a + run < ours.length
                            && b + run < theirs.length
                            && ours[a + run] - ours[a + run - 1] == theirs[b + run] - theirs[b + run - 1]) {
                        run++;
                    }
                    best = Math.max(best, run);
                }
            }
        }
        return best == 0 ? 0 : best + 1;
    }

    @Test
    void agreesWithTryingAllPlaces() {
        Random random = new Random(8);
        for (int round = 0; round < 30; round++) {
            int pitches = 1 + random.nextInt(5);
            List<Excerpt> excerpts = new ArrayList<>();
            List<Excerpt> corpus = new ArrayList<>();
            SharedRuns runs = new SharedRuns();
            for (int i = 0; i < 4; i++) {
                Excerpt excerpt = drawn(2 + random.nextInt(40), pitches, random);
                excerpts.add(excerpt);
                runs.add(excerpt);
            }
            for (int i = 0; i < 3; i++) {
                Excerpt piece = drawn(1 + random.nextInt(60), pitches, random);
                corpus.add(piece);
                runs.read(piece);
            }
            int[] longest = runs.longest();
            for (int i = 0; i < excerpts.size(); i++) {
                assertThat(longest[i]).as("round %d, excerpt %d", round, i).isEqualTo(slow(excerpts.get(i), corpus));
            }
        }
    }

    private static int longest(Excerpt excerpt, Excerpt... corpus) {
        SharedRuns runs = new SharedRuns();
        runs.add(excerpt);
        Arrays.stream(corpus).forEach(runs::read);
        return runs.longest()[0];
    }

    /** A note. */
    private record Struck(long onsetMillis, int pitch) {}

    /** Chords of up to four notes, broken over up to 20 ms, 150 to 400 ms apart. */
    private static List<Struck> played(int notes, long seed) {
        Random random = new Random(seed);
        List<Struck> played = new ArrayList<>();
        long chord = 0;
        while (played.size() < notes) {
            int pitch = 40 + random.nextInt(20);
            for (int i = random.nextInt(4); i >= 0; i--) {
                played.add(new Struck(chord + random.nextInt(21), pitch));
                pitch += 1 + random.nextInt(9);
            }
            chord += 150 + random.nextInt(250);
        }
        return played;
    }

    /** On a grid, what falls on one tick by pitch, as note matrices and piano rolls have it. */
    private static Excerpt excerpt(List<Struck> notes, LongUnaryOperator millis, int transposed, int ticksPerSecond) {
        List<Struck> placed = new ArrayList<>();
        notes.forEach(note -> placed.add(new Struck(
                Math.round(millis.applyAsLong(note.onsetMillis()) * ticksPerSecond / 1000.0),
                note.pitch() + transposed)));
        placed.sort(Comparator.comparingLong(Struck::onsetMillis).thenComparingInt(Struck::pitch));
        int[] rows = new int[notes.size() * 4];
        long before = 0;
        for (int note = 0; note < notes.size(); note++) {
            rows[note * 4] = (int) (placed.get(note).onsetMillis() - before);
            rows[note * 4 + 1] = placed.get(note).pitch();
            rows[note * 4 + 2] = 64;
            rows[note * 4 + 3] = 1;
            before = placed.get(note).onsetMillis();
        }
        return new Excerpt(rows, ticksPerSecond);
    }

    @Test
    void findsACopyInEveryForm() {
        List<Struck> notes = played(500, 1);
        Excerpt piece = excerpt(notes, millis -> millis, 0, 1000);
        List<Struck> part = notes.subList(0, 60);

        assertThat(longest(piece.part(100, 160), piece)).isEqualTo(60);
        assertThat(longest(excerpt(part, millis -> millis, 5, 1000), piece)).isEqualTo(60);
        assertThat(longest(excerpt(part, millis -> Math.round(millis * 1.03), 0, 1000), piece))
                .isEqualTo(60);
        assertThat(longest(excerpt(part, millis -> Math.round(millis * 0.95), -7, 1000), piece))
                .isEqualTo(60);
        assertThat(longest(excerpt(part, millis -> millis, 0, 100), piece)).isEqualTo(60);
        assertThat(longest(excerpt(part, millis -> Math.round(millis * 1.03), 2, 100), piece))
                .isEqualTo(60);
    }

    @Test
    void aCopyOnACoarseGridIsFoundInTheCorpusOnThatGrid() {
        List<Struck> notes = played(500, 1);
        Excerpt copy = excerpt(notes.subList(0, 60), millis -> millis, 3, 8);

        assertThat(longest(copy, excerpt(notes, millis -> millis, 0, 8))).isEqualTo(60);
        assertThat(longest(copy, excerpt(notes, millis -> millis, 0, 1000))).isLessThan(40);
    }

    @Test
    void othersMusicIsNoCopy() {
        Excerpt piece = excerpt(played(500, 1), millis -> millis, 0, 1000);

        assertThat(longest(excerpt(played(60, 2), millis -> millis, 0, 1000), piece))
                .isLessThan(8);
        assertThat(longest(excerpt(played(60, 2), millis -> millis, 0, 8), piece))
                .isLessThan(8);
    }

    private static Excerpt ofTwelve(int[] pitches, int... intervals) {
        int[][] notes = new int[pitches.length][];
        for (int note = 0; note < notes.length; note++) {
            notes[note] = new int[] {intervals[note], pitches[note], 64, 10};
        }
        return Excerpts.of(1000, notes);
    }

    /**
     * Two notes come in the other order, {@code together} ms from each other. The copy's other intervals go over the end of
     * the wider gaps, so that only one reading can find all twelve notes; nine follow the two.
     */
    @ParameterizedTest
    @CsvSource({"0,75,12", "1,75,9", "30,50,12", "31,50,9", "50,30,12", "51,30,9", "75,0,12", "76,0,9"})
    void aGapEndsWhereItSays(int together, int crossing, int run) {
        // Downwards from 77, 80 and 73: by pitch they come in another order.
        int six = crossing >= 30 ? 76 : 75;
        int eight = crossing >= 50 ? 51 : 50;
        int ten = crossing >= 75 ? 31 : 30;
        int[] swapped = PITCHES.clone();
        swapped[1] = PITCHES[2];
        swapped[2] = PITCHES[1];
        Excerpt piece = ofTwelve(PITCHES, 0, 900, together, 900, 900, 900, 75, 900, 50, 900, 30, 900);
        Excerpt copy = ofTwelve(swapped, 0, 900, together, 900, 900, 900, six, 900, eight, 900, ten, 900);

        assertThat(longest(copy, piece)).isEqualTo(run);
    }

    @Test
    void theFirstIntervalAndShortPiecesDoNotMatter() {
        Excerpt piece = ofTwelve(PITCHES, 0, 900, 900, 900, 900, 900, 900, 900, 900, 900, 900, 900);
        Excerpt late = ofTwelve(PITCHES, 9999, 900, 900, 900, 900, 900, 900, 900, 900, 900, 900, 900);

        assertThat(longest(late, piece)).isEqualTo(12);
        assertThat(longest(piece.part(0, 1), piece)).isZero();
        assertThat(longest(piece, piece.part(4, 5), piece.part(0, 0))).isZero();
        assertThat(longest(piece.part(3, 5), piece)).isEqualTo(2);
    }
}
