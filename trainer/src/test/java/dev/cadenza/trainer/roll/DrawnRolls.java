package dev.cadenza.trainer.roll;

import dev.cadenza.pianoroll.PianoRoll;
import dev.cadenza.trainer.roll.head.RollHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Written and random rolls, and small networks with something in every parameter. */
final class DrawnRolls {
    private static final double DENSITY = 0.15;

    private DrawnRolls() {}

    /** A roll of steps, each its sounding keys. */
    static PianoRoll of(int[]... steps) {
        PianoRoll.Builder builder = new PianoRoll.Builder(steps.length);
        for (int step = 0; step < steps.length; step++) {
            for (int key : steps[step]) {
                builder.on(step, key);
            }
        }
        return builder.build();
    }

    /** Chords dense enough that keys sound within each other's reach. */
    static PianoRoll drawn(int steps, RandomGenerator random) {
        PianoRoll.Builder builder = new PianoRoll.Builder(steps);
        for (int step = 0; step < steps; step++) {
            for (int key = 0; key < PianoRoll.KEYS; key++) {
                if (random.nextDouble() < DENSITY) {
                    builder.on(step, key);
                }
            }
        }
        return builder.build();
    }

    static List<PianoRoll> drawn(RandomGenerator random, int... steps) {
        List<PianoRoll> rolls = new ArrayList<>();
        for (int of : steps) {
            rolls.add(drawn(of, random));
        }
        return rolls;
    }

    static RollPreset preset(RollArchitecture architecture) {
        return new RollPreset(architecture, 6, architecture.tied() ? 5 : 0, 8, 2, 1e-3, 10, 1, 0, 3);
    }

    static MultiLayerNetwork network(RollArchitecture architecture) {
        return network(preset(architecture));
    }

    static MultiLayerNetwork network(RollPreset preset) {
        MultiLayerNetwork network = new MultiLayerNetwork(preset.network());
        network.init();
        Random random = new Random(17);
        for (INDArray parameter : network.paramTable().values()) {
            parameter.addi(gaussians(random, 0.2, parameter.shape()));
        }
        return network;
    }

    static INDArray gaussians(Random random, double deviation, long... shape) {
        INDArray values = Nd4j.createUninitialized(shape);
        for (long i = 0; i < values.length(); i++) {
            values.putScalar(i, (float) (deviation * random.nextGaussian()));
        }
        return values;
    }

    /** Rolls side by side from their first steps on. */
    static RollBatch batch(MultiLayerNetwork network, RollArchitecture architecture, List<PianoRoll> rolls, int steps) {
        RollBatch batch = new RollBatch(architecture, labelColumns(network), rolls.size(), steps);
        for (int sequence = 0; sequence < rolls.size(); sequence++) {
            batch.write(sequence, rolls.get(sequence), 0, 0);
        }
        return batch;
    }

    private static int labelColumns(MultiLayerNetwork network) {
        return network.getLayer(1).conf().getLayer() instanceof RollHead head ? head.labelColumns() : 0;
    }
}
