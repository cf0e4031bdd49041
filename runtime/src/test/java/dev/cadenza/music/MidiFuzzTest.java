package dev.cadenza.music;

import static dev.cadenza.music.ScoreAssert.assertThatScore;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thousands of damaged files: each is read into a score that can be written and read again, or refused. */
@Timeout(60)
class MidiFuzzTest {
    private static final int MUTANTS = 1500;
    private static final MidiReadOptions OPTIONS = new MidiReadOptions(true, MidiLimits.PROMPT);

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void aDamagedFileIsReadOrRefused(long seed) throws Exception {
        RandomGenerator random = new SplittableRandom(seed);
        List<byte[]> originals = originals(random);
        int read = 0;
        int refused = 0;
        for (int i = 0; i < MUTANTS; i++) {
            byte[] mutant = originals.get(random.nextInt(originals.size())).clone();
            for (int damage = 1 + random.nextInt(3); damage > 0; damage--) {
                mutant = damaged(mutant, random);
            }
            try {
                Score score = MidiFiles.read(mutant, "mutant " + i, OPTIONS);
                read++;
                Score again = MidiFiles.read(MidiFiles.write(score), "rewritten mutant " + i, OPTIONS);
                assertThatScore(again).isPlayable();
                assertThat(again.tempoMap()).isEqualTo(score.tempoMap());
            } catch (MidiFormatException refusal) {
                refused++;
                assertThat(refusal.source()).as(refusal.getMessage()).isEqualTo("mutant " + i);
                assertThat(refusal.offset()).isBetween(0L, (long) mutant.length);
            }
        }
        assertThat(read).as("mutants read").isGreaterThan(MUTANTS / 30);
        assertThat(refused).as("mutants refused").isGreaterThan(MUTANTS / 30);
    }

    private static List<byte[]> originals(RandomGenerator random) throws Exception {
        List<byte[]> originals = new ArrayList<>();
        for (OddMidiFiles.Expected expected : OddMidiFiles.all()) {
            byte[] data = expected.data();
            if (data.length > 0) {
                originals.add(data);
            }
        }
        RandomScores scores = new RandomScores(random);
        for (RandomScores.Kind kind : RandomScores.Kind.values()) {
            originals.add(MidiFiles.write(scores.next(kind)));
        }
        return originals;
    }

    private static byte[] damaged(byte[] data, RandomGenerator random) {
        if (data.length == 0) {
            return data;
        }
        int at = random.nextInt(data.length);
        int length = Math.min(data.length - at, 1 + random.nextInt(8));
        byte[] damaged;
        switch (random.nextInt(6)) {
            case 0 -> {
                damaged = data.clone();
                damaged[at] ^= (byte) (1 << random.nextInt(8));
            }
            case 1 -> {
                damaged = data.clone();
                damaged[at] = (byte) random.nextInt(256);
            }
            case 2 -> {
                damaged = data.clone();
                Arrays.fill(damaged, at, at + length, (byte) 0xFF);
            }
            case 3 -> damaged = Arrays.copyOf(data, at);
            case 4 ->
                damaged = SmfBytes.join(Arrays.copyOf(data, at), Arrays.copyOfRange(data, at + length, data.length));
            default ->
                damaged = SmfBytes.join(Arrays.copyOf(data, at + length), Arrays.copyOfRange(data, at, data.length));
        }
        return damaged;
    }
}
