package dev.cadenza.trainer.performer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cadenza.notematrix.KeyState;
import dev.cadenza.notematrix.PerformerControls;
import dev.cadenza.notematrix.PerformerEncoding;
import dev.cadenza.notematrix.Recall;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class NoteLossTest {
    private static final PerformerEncoding ENCODING = PerformerEncoding.STANDARD;

    private final Random random = new Random(4);
    private final float[] logits = new float[PerformerColumns.LOGITS];
    private final KeyState keys = new KeyState(ENCODING);
    private final NoteLoss loss = new NoteLoss();

    private static int[] nothingRecalled() {
        int[] recall = new int[Recall.WIDTH];
        Recall.writeNothing(recall, 0);
        return recall;
    }

    private double[] nats(int interval, int key, int velocity, int duration) {
        PerformedPiece piece =
                PerformedPiece.of(new int[] {0, 60, 64, 300, interval, 21 + key, velocity, duration}, ENCODING);
        keys.clear();
        keys.strike(0, 39, 64, 300);
        float[] labels = new float[PerformerColumns.LABELS];
        new NoteRow().labels(piece, 1, keys, nothingRecalled(), labels, 0);
        float[] masked = logits.clone();
        NoteLoss.mask(masked, 0, labels, 0);
        loss.measure(masked, 0, labels, 0, false);
        return loss.nats.clone();
    }

    private void draw() {
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) random.nextGaussian() * 2;
        }
    }

    @Test
    void probabilitiesOfAllTimesAddUpToOne() {
        draw();
        double intervals = 0;
        for (int ticks = 0; ticks <= ENCODING.intervals().longest(); ticks++) {
            intervals += Math.exp(-nats(ticks, 50, 64, 10)[0]);
        }
        assertThat(intervals).isCloseTo(1, within(1e-5));

        double durations = 0;
        for (int ticks = 1; ticks <= ENCODING.durations().longest(); ticks++) {
            durations += Math.exp(-nats(7, 50, 64, ticks)[3]);
        }
        assertThat(durations).as("with the ends to copy among them").isCloseTo(1, within(1e-5));
    }

    @Test
    void probabilitiesOfKeysThatMayBeStruckAddUpToOne() {
        draw();
        double later = 0;
        double same = 0;
        for (int key = 0; key < PerformerColumns.KEYS; key++) {
            later += key == 39 ? 0 : Math.exp(-nats(7, key, 64, 10)[1]);
            same += key <= 39 ? 0 : Math.exp(-nats(0, key, 64, 10)[1]);
        }
        assertThat(later).as("all keys but the one that sounds").isCloseTo(1, within(1e-5));
        assertThat(same).as("keys above the last").isCloseTo(1, within(1e-5));

        double velocities = 0;
        for (int velocity = 1; velocity <= 127; velocity += ENCODING.velocityWidth()) {
            velocities += Math.exp(-nats(7, 50, velocity, 10)[2]);
        }
        assertThat(velocities).isCloseTo(1, within(1e-5));
    }

    @Test
    void aDurationThatEndsWithAnotherNoteIsLikelierByItsCopy() {
        Arrays.fill(logits, 0);
        int copies = PerformerColumns.FIRST_LOGIT[3] + PerformerColumns.DURATIONS;
        logits[copies] = 5;
        // The note before ends after 300 ticks and this one begins 20 later: two copies, the last and the latest, say
        // so.
        double way = Math.exp(5)
                + 1
                + 1.0 / ENCODING.durations().width(ENCODING.durations().of(280));
        assertThat(nats(20, 50, 64, 280)[3]).isCloseTo(-Math.log(way / (123 + Math.exp(5) + 1)), within(1e-6));
        assertThat(nats(20, 50, 64, 50)[3]).isCloseTo(-Math.log(1 / (123 + Math.exp(5) + 1)), within(1e-6));
    }

    @Test
    void anAloneHighestKeyForbidsTheSameOnset() {
        PerformedPiece piece = PerformedPiece.of(new int[] {0, 108, 64, 30, 4, 60, 64, 30}, ENCODING);
        keys.strike(0, 87, 64, 30);
        float[] labels = new float[PerformerColumns.LABELS];
        new NoteRow().labels(piece, 1, keys, nothingRecalled(), labels, 0);
        float[] masked = new float[PerformerColumns.LOGITS];
        NoteLoss.mask(masked, 0, labels, 0);

        assertThat(masked[0]).isEqualTo(PerformerColumns.MASKED);
        assertThat(masked[1]).isZero();
    }

    @Test
    void realNotesAreNeverMasked() {
        for (int round = 0; round < 20; round++) {
            PerformedPiece piece = DrawnMusic.piece(400, random);
            Lane lane = new Lane(false);
            lane.start(piece);
            int steps = piece.notes();
            float[] features = new float[steps * PerformerColumns.FEATURES];
            float[] labels = new float[steps * PerformerColumns.LABELS];
            assertThat(lane.write(0, steps, 0, features, labels, 0, 1)).isEqualTo(steps);
            for (int step = 0; step < steps; step++) {
                float[] masked = new float[PerformerColumns.LOGITS];
                int label = step * PerformerColumns.LABELS;
                NoteLoss.mask(masked, 0, labels, label);
                loss.measure(masked, 0, labels, label, false);
                assertThat(Arrays.stream(loss.nats).max().orElseThrow())
                        .as("note " + step)
                        .isLessThan(20);
            }
        }
    }

    @Test
    void aWindowIsTheSameWhereverTheLaneWasBefore() {
        PerformedPiece piece = DrawnMusic.piece(300, random);
        Lane lane = new Lane(false);
        lane.start(piece);
        float[][] first = new float[2][];
        for (int run = 0; run < 2; run++) {
            float[] features = new float[50 * PerformerColumns.FEATURES];
            float[] labels = new float[50 * PerformerColumns.LABELS];
            lane.write(100, 50, 99, features, labels, 0, 1);
            first[run] = features;
            lane.write(run == 0 ? 0 : 10, 30, 5, features.clone(), labels, 0, 1);
        }
        assertThat(first[1]).isEqualTo(first[0]);
    }

    @Test
    void controlsTellWhatComes() {
        int[] rows = new int[400];
        for (int at = 0; at < rows.length; at += 4) {
            rows[at] = 25;
            rows[at + 1] = at % 8 == 0 ? 60 : 67;
            rows[at + 2] = 64;
            rows[at + 3] = 10;
        }
        PerformerControls controls = PerformedPiece.of(rows, ENCODING).ahead(20);
        assertThat(controls.notesPerSecond()).isCloseTo(4, within(0.2));
        assertThat(controls.meanPitch()).isCloseTo(63.5, within(0.2));
        assertThat(controls.profile()[0]).isCloseTo(0.5f, within(0.05f));
        assertThat(controls.profile()[7]).isCloseTo(0.5f, within(0.05f));
    }
}
