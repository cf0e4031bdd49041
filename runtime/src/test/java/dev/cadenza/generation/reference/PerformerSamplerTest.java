package dev.cadenza.generation.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.generation.FakePerformer;
import dev.cadenza.generation.step.Noise;
import dev.cadenza.generation.step.PerformerChoices;
import dev.cadenza.generation.step.StepInput;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.generation.step.StepShape;
import dev.cadenza.notematrix.KeyState;
import dev.cadenza.notematrix.PerformerEncoding;
import dev.cadenza.notematrix.TickClasses;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PerformerSamplerTest {
    private static final PerformerEncoding ENCODING = PerformerEncoding.STANDARD;
    private static final PerformerChoices CHOICES = new PerformerChoices(ENCODING);
    private static final PerformerSampler SAMPLER = new PerformerSampler(ENCODING);
    private static final float FORBIDDEN = -1e9f;

    private final FakePerformer heads = new FakePerformer();
    private final StepInput input = StepInput.blank(StepShape.performer(ENCODING), 1, 1);
    private final KeyState keys = new KeyState(ENCODING);

    private int[] next() {
        return SAMPLER.choose(heads, keys, input, 0, 0);
    }

    /** The note before is struck. */
    private void struck(int interval, int pitch, int velocity, int duration) {
        keys.strike(interval, pitch - 21, velocity, duration);
        System.arraycopy(new int[] {interval, pitch, velocity, duration}, 0, input.note(), 0, 4);
    }

    @Test
    void aKeyThatSoundsIsNotStruck() {
        heads.taste[CHOICES.keys() + 39] = 100;
        heads.taste[CHOICES.keys() + 50] = 50;
        heads.taste[CHOICES.intervals() + 10] = 100;
        struck(0, 60, 64, 11);
        assertThat(next()).startsWith(10, 71);
        heads.taste[CHOICES.intervals() + 11] = 200;
        assertThat(next()).as("it ends just then").startsWith(11, 60);
    }

    @Test
    void notesOfAnOnsetAscend() {
        heads.taste[CHOICES.keys() + 10] = 100;
        heads.taste[CHOICES.keys() + 60] = 50;
        struck(0, 60, 64, 5);
        assertThat(next()).as("all intervals weigh the same: the first").startsWith(0, 81);
        Arrays.fill(input.bias(), CHOICES.keys() + 40, CHOICES.velocities(), FORBIDDEN);
        assertThat(next()).as("every key above is forbidden").startsWith(1, 31);
        Arrays.fill(input.bias(), 0);
        struck(0, 108, 64, 5);
        assertThat(next()).as("there is no key above").startsWith(1, 31);
    }

    @Test
    void atTheStartOfAPieceAnyKeyMayCome() {
        heads.taste[CHOICES.keys()] = 100;
        assertThat(next()).startsWith(0, 21);
    }

    @Test
    void aDurationIsAtLeastATickAndCopiesEndWhereTheOthersDo() {
        heads.taste[CHOICES.durations()] = 1000;
        assertThat(next()[3]).isEqualTo(1);
        heads.taste[CHOICES.copies() + 1] = 500;
        assertThat(next()[3]).as("no note before").isEqualTo(1);
        struck(0, 50, 64, 300);
        struck(7, 60, 64, 20);
        heads.taste[CHOICES.intervals() + 5] = 100;
        assertThat(next()).as("the end of the note before the last").endsWith(288);
        heads.taste[CHOICES.copies() + 3] = 600;
        assertThat(next()).as("the latest end").endsWith(288);
        heads.taste[CHOICES.copies()] = 700;
        assertThat(next()).as("the end of the last note").endsWith(15);
        heads.taste[CHOICES.intervals() + 30] = 200;
        assertThat(next()).as("which is past by then").endsWith(263);
    }

    @ParameterizedTest
    @ValueSource(floats = {0, .3f, .5f, .9999f, 1})
    void aPlaceInAClassIsByTheUniformNumber(float u) {
        Arrays.fill(input.uniform(), u);
        heads.taste[CHOICES.intervals() + 115] = 100;
        heads.taste[CHOICES.velocities() + 31] = 100;
        heads.taste[CHOICES.durations() + 123] = 100;
        int[] next = next();
        TickClasses intervals = ENCODING.intervals();
        TickClasses durations = ENCODING.durations();
        assertThat(next[0])
                .isEqualTo(intervals.start(115) + (int) Math.min(u * intervals.width(115), intervals.width(115) - 1));
        assertThat(next[2]).isEqualTo(125 + (int) Math.min(u * 3, 2));
        assertThat(next[3])
                .isEqualTo(durations.start(123) + (int) Math.min(u * durations.width(123), durations.width(123) - 1));
        assertThat(intervals.of(next[0])).isEqualTo(115);
        assertThat(durations.of(next[3])).isEqualTo(123);
    }

    @Test
    void whatIsForcedIsTakenAndTheOthersAreToldOfIt() {
        List<List<Integer>> told = new ArrayList<>();
        PerformerSampler.Heads listening = new PerformerSampler.Heads() {
            @Override
            public float[] interval() {
                return heads.interval();
            }

            @Override
            public float[] pitch(int interval) {
                told.add(List.of(interval));
                return heads.pitch(interval);
            }

            @Override
            public float[] velocity(int interval, int pitch) {
                told.add(List.of(interval, pitch));
                return heads.velocity(interval, pitch);
            }

            @Override
            public float[] duration(int interval, int pitch, int velocity) {
                told.add(List.of(interval, pitch, velocity));
                return heads.duration(interval, pitch, velocity);
            }
        };
        heads.taste[CHOICES.velocities() + 5] = 10;
        System.arraycopy(new int[] {9000, 61, -1, 77}, 0, input.forced(), 0, 4);
        int[] next = SAMPLER.choose(listening, keys, input, 0, 0);
        assertThat(next).containsExactly(9000, 61, 23, 77);
        assertThat(told).containsExactly(List.of(5000), List.of(5000, 61), List.of(5000, 61, 23));
    }

    @Test
    void whateverIsDrawnAPianoCanPlayIt() {
        Random random = new Random(5);
        for (int round = 0; round < 60; round++) {
            for (int i = 0; i < heads.taste.length; i++) {
                heads.taste[i] = (float) (3 * random.nextGaussian());
            }
            heads.taste[0] = 6;
            keys.clear();
            Arrays.fill(input.note(), StepModel.NONE);
            input.temperature()[0] = random.nextFloat() * 2;
            input.topP()[0] = random.nextFloat();
            long[] ends = new long[128];
            long onset = 0;
            int last = -1;
            Noise noise = new Noise(round);
            for (int note = 0; note < 100; note++) {
                noise.fill(Noise.Distribution.GUMBEL, note, input.noise(), 0, CHOICES.count());
                noise.fillUniform(note, input.uniform(), 0, PerformerChoices.UNIFORMS);
                int[] next = next();
                onset += next[0];
                long now = onset;
                boolean allSound = Arrays.stream(ends, 21, 109).allMatch(end -> end > now);
                assertThat(ends[next[1]] <= onset || allSound).isTrue();
                assertThat(next[0] > 0 || next[1] > last).isTrue();
                assertThat(next[2]).isBetween(1, 127);
                assertThat(next[3]).isBetween(1, 2000);
                ends[next[1]] = onset + next[3];
                last = next[1];
                struck(next[0], next[1], next[2], next[3]);
            }
        }
    }
}
