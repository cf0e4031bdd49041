package dev.cadenza.exporter.kind.roll;

import dev.cadenza.console.ProgressBar;
import dev.cadenza.exporter.kind.Comparison;
import dev.cadenza.exporter.kind.ExportRefusedException;
import dev.cadenza.exporter.kind.Parity;
import dev.cadenza.onnx.GraphSession;
import dev.cadenza.onnx.RollKind;
import dev.cadenza.onnx.TensorValues;
import dev.cadenza.pianoroll.PianoRoll;
import dev.cadenza.trainer.checkpoint.ParityRows;
import dev.cadenza.trainer.roll.RollArchitecture;
import dev.cadenza.trainer.roll.RollRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** The proof for the kind {@code roll}: log-odds, likelihood, h and c of every step. */
final class RollParity {
    private static final int KEYS = PianoRoll.KEYS;

    private final MultiLayerNetwork network;
    private final RollArchitecture architecture;
    private final GraphSession graph;
    private final int state;
    private final List<PianoRoll> rolls;
    private final int steps;
    private final Comparison comparison = new Comparison();

    private RollParity(
            MultiLayerNetwork network, RollArchitecture architecture, GraphSession graph, int state, ParityRows rows) {
        this.network = network;
        this.architecture = architecture;
        this.graph = graph;
        this.state = state;
        steps = rows.steps();
        rolls = rolls(rows);
    }

    /**
     * Compares the two everywhere.
     *
     * @param rows 1 where a key sounds
     * @throws ExportRefusedException if they differ anywhere by more than 1e-5 + 1e-5 |b|; or there is no row to compare on
     */
    static Parity prove(
            MultiLayerNetwork network, RollArchitecture architecture, GraphSession graph, int state, ParityRows rows)
            throws ExportRefusedException {
        if (rows.values().length == 0 || rows.columns() != KEYS) {
            throw new ExportRefusedException("the checkpoint's parity rows [" + rows.batch() + ", " + rows.steps()
                    + ", " + rows.columns() + "] must be steps of " + KEYS + " keys, and some");
        }
        RollParity parity = new RollParity(network, architecture, graph, state, rows);
        parity.asOneRun();
        parity.stepByStep();
        network.rnnClearPreviousState();
        return parity.comparison.verdict();
    }

    private static List<PianoRoll> rolls(ParityRows rows) {
        List<PianoRoll> rolls = new ArrayList<>();
        for (int roll = 0; roll < rows.batch(); roll++) {
            PianoRoll.Builder builder = new PianoRoll.Builder(rows.steps());
            for (int i = 0; i < rows.steps() * KEYS; i++) {
                if (rows.values()[roll * rows.steps() * KEYS + i] != 0) {
                    builder.on(i / KEYS, i % KEYS);
                }
            }
            rolls.add(builder.build());
        }
        return rolls;
    }

    private void asOneRun() {
        RollRun dl4j = new RollRun(network, architecture, rolls);
        RollRun.Logits logits = dl4j.next(steps);
        int width = rolls.size() * state;
        compare("one run", run(0, steps, new float[width], new float[width]), logits, dl4j, 0, steps);
    }

    private void stepByStep() {
        RollRun dl4j = new RollRun(network, architecture, rolls);
        float[] h = new float[rolls.size() * state];
        float[] c = new float[rolls.size() * state];
        try (ProgressBar progress = ProgressBar.of("proving", "steps", steps)) {
            for (int step = 0; step < steps; step++) {
                RollRun.Logits logits = dl4j.next(1);
                TensorValues out = run(step, 1, h, c);
                compare("step " + step, out, logits, dl4j, step, 1);
                h = out.floats("h_next");
                c = out.floats("c_next");
                progress.update(step + 1);
            }
        }
    }

    private TensorValues run(int from, int count, float[] h, float[] c) {
        int rows = rolls.size();
        int[] before = new int[count * rows * KEYS];
        int[] forced = new int[count * rows * KEYS];
        int[] position = new int[count * rows];
        for (int cell = 0; cell < count * rows; cell++) {
            int step = from + cell / rows;
            PianoRoll roll = rolls.get(cell % rows);
            position[cell] = step;
            for (int key = 0; key < KEYS; key++) {
                before[cell * KEYS + key] = roll.on(step - 1, key) ? 1 : 0;
                forced[cell * KEYS + key] = roll.on(step, key) ? 1 : 0;
            }
        }
        float[] temperature = new float[rows];
        Arrays.fill(temperature, 1);
        TensorValues in = new TensorValues()
                .put("roll", before)
                .put("forced", forced)
                .put("position", position)
                .put("h", h)
                .put("c", c)
                .put("uniform", new float[count * rows * KEYS])
                .put("temperature", temperature);
        return graph.run(RollKind.signature(state), count, rows, in);
    }

    private void compare(String what, TensorValues onnx, RollRun.Logits logits, RollRun dl4j, int from, int count) {
        int rows = rolls.size();
        float[] expected = new float[count * rows * KEYS];
        float[] logp = new float[expected.length];
        for (int i = 0; i < expected.length; i++) {
            int key = i % KEYS;
            int row = i / KEYS % rows;
            int step = i / KEYS / rows;
            expected[i] = logits.at(row, step, key);
            boolean on = rolls.get(row).on(from + step, key);
            double against = on ? -expected[i] : expected[i];
            logp[i] = (float) -(Math.max(0, against) + Math.log1p(Math.exp(-Math.abs(against))));
        }
        comparison.compare("logits of " + what, onnx.floats("logits"), expected);
        comparison.compare("logp of " + what, onnx.floats("logp"), logp);
        comparison.compare("h after " + what, onnx.floats("h_next"), dl4j.h());
        comparison.compare("c after " + what, onnx.floats("c_next"), dl4j.c());
    }
}
