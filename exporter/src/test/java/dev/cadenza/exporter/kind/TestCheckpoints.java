package dev.cadenza.exporter.kind;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.exporter.kind.performer.RandomPerformers;
import dev.cadenza.notematrix.KeyState;
import dev.cadenza.notematrix.PaperEncoding;
import dev.cadenza.notematrix.PerformerEncoding;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.checkpoint.CheckpointInfo;
import dev.cadenza.trainer.checkpoint.ParityRows;
import dev.cadenza.trainer.performer.PerformerFamily;
import java.util.Random;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** What goes into a checkpoint in addition to the network. */
public final class TestCheckpoints {
    private TestCheckpoints() {}

    public static Checkpoint of(MultiLayerNetwork network, CheckpointInfo info, ParityRows rows) {
        return new Checkpoint(network, info, JsonNodeFactory.instance.objectNode(), rows);
    }

    public static CheckpointInfo info() {
        ObjectNode provenance = JsonNodeFactory.instance.objectNode();
        provenance
                .putObject("data")
                .put("name", "MAESTRO v3.0.0")
                .put("licence", "CC-BY-NC-SA-4.0")
                .put("citation", "Hawthorne et al., ICLR 2019");
        provenance.putObject("preset").put("seed", 42).put("window", 50);
        ObjectNode metrics = JsonNodeFactory.instance.objectNode();
        ObjectNode validation = metrics.putObject("validation").put("notes", 639425);
        ObjectNode rows = validation.putObject("rows");
        rows.putObject("model, state carried").put("mse", 0.0142).put("snr_db", 11.31);
        rows.putObject("copy of the last note").put("mse", 0.0262).put("snr_db", 8.7);
        return new CheckpointInfo("paper", (ObjectNode) TestNetworks.encoding().toJson(), provenance, metrics);
    }

    private static final int THEME = 4;

    /** What a performer's checkpoint says of itself. */
    public static CheckpointInfo performer() {
        return performer(9.01);
    }

    /** The same, with another likelihood on its validation split. */
    public static CheckpointInfo performer(double nats) {
        ObjectNode metrics = JsonNodeFactory.instance.objectNode();
        metrics.putObject("validation").put("nll_nats_per_note", nats).put("notes", 639425);
        return new CheckpointInfo(
                PerformerFamily.ID, PerformerEncoding.STANDARD.toJson(), info().provenance(), metrics);
    }

    /** Pieces that a piano can play, with a theme that comes back. */
    public static ParityRows pieces(int batch, int steps) {
        Random random = new Random(22);
        float[] values = new float[batch * steps * 4];
        for (int row = 0; row < batch; row++) {
            KeyState state = new KeyState(PerformerEncoding.STANDARD);
            int last = -1;
            for (int step = 0; step < steps; step++) {
                int[] note = RandomPerformers.note(random, state, last);
                int theme = step < THEME ? note[1] : (int) values[(row * steps + step - THEME) * 4 + 1];
                boolean playable = theme > last || note[0] > 0;
                if (playable && state.remaining(theme - PerformerEncoding.LOWEST_PITCH, note[0]) == 0) {
                    note[1] = theme;
                }
                state.strike(note[0], note[1] - PerformerEncoding.LOWEST_PITCH, note[2], note[3]);
                last = note[1];
                for (int attribute = 0; attribute < 4; attribute++) {
                    values[(row * steps + step) * 4 + attribute] = note[attribute];
                }
            }
        }
        return new ParityRows(batch, steps, 4, values);
    }

    /** Pieces of random notes, each begun with the row of zeros. */
    public static ParityRows rows(int batch, int steps) {
        SplittableRandom random = new SplittableRandom(21);
        int columns = PaperEncoding.COLUMNS;
        float[] values = new float[batch * steps * columns];
        for (int row = 0; row < batch; row++) {
            for (int step = 1; step < steps; step++) {
                int at = (row * steps + step) * columns;
                values[at] = (float) random.nextInt(1001) / 1000;
                values[at + 1] = (float) random.nextInt(21, 109) / 127;
                values[at + 2] = (float) random.nextInt(1, 128) / 127;
            }
        }
        return new ParityRows(batch, steps, columns, values);
    }
}
