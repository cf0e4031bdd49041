package dev.cadenza.trainer.roll.head;

import dev.cadenza.trainer.network.ParamShape;
import java.util.List;

/**
 * The head of TP-LSTM-NADE: a neural autoregressive density estimator (Larochelle and Murray, 2011) over the keys, low to
 * high, its weights the same for every key. With h the time axis' output for key n and x the values of the {@link #REACH}
 * keys below it:
 *
 * <pre>
 * p(x_n = 1) = s(s(h W + x V + b) u + h uh + x ux + c)
 * </pre>
 */
public final class NadeHead extends RollHead {
    private static final long serialVersionUID = 1;

    /** Lower keys that a key is conditioned on; the key itself is label column 0, its neighbour below column 1. */
    public static final int REACH = 36;

    /** For reading from JSON. */
    public NadeHead() {}

    /** @param clip longest gradient of the layer */
    public NadeHead(int hidden, int units, double clip) {
        super(hidden, units, clip);
    }

    @Override
    public int labelColumns() {
        return 1 + REACH;
    }

    @Override
    List<ParamShape> shapes() {
        int hidden = Math.toIntExact(getNIn());
        return List.of(
                ParamShape.weight("W", hidden, getUnits()),
                ParamShape.weight("V", REACH, getUnits()),
                ParamShape.bias("b", getUnits()),
                ParamShape.weight("u", getUnits(), 1),
                ParamShape.weight("uh", hidden, 1),
                ParamShape.zeros("ux", REACH, 1),
                ParamShape.bias("c", 1));
    }

    @Override
    HeadPass pass() {
        return new NadePass(Math.toIntExact(getNIn()), getUnits());
    }
}
