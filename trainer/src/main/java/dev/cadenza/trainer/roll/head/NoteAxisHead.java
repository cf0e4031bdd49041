package dev.cadenza.trainer.roll.head;

import dev.cadenza.trainer.network.ParamShape;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The head of BALSTM: two LSTM layers along the keys, low to high, over [the time axis' output of the key, the value of
 * the key below], and p = s(their output w + c). Its LSTMs' parameters are {@code W1 R1 b1 W2 R2 b2}, column blocks g, f,
 * o, i as in {@link dev.cadenza.trainer.lstm}.
 */
public final class NoteAxisHead extends RollHead {
    private static final long serialVersionUID = 1;

    private static final int GATES = 4;

    /** For reading from JSON. */
    public NoteAxisHead() {}

    /** @param clip longest gradient of the layer */
    public NoteAxisHead(int hidden, int units, double clip) {
        super(hidden, units, clip);
    }

    @Override
    public int labelColumns() {
        return 2;
    }

    @Override
    List<ParamShape> shapes() {
        int hidden = Math.toIntExact(getNIn());
        int units = getUnits();
        return List.of(
                ParamShape.weight("W1", hidden + 1, GATES * units),
                ParamShape.weight("R1", units, GATES * units),
                ParamShape.bias("b1", GATES * units),
                ParamShape.weight("W2", units, GATES * units),
                ParamShape.weight("R2", units, GATES * units),
                ParamShape.bias("b2", GATES * units),
                ParamShape.weight("w", units, 1),
                ParamShape.bias("c", 1));
    }

    /** Forget gates begin open, as DL4J's do: what is low on the keyboard is to be known further up. */
    @Override
    void initialise(Map<String, INDArray> parameters) {
        super.initialise(parameters);
        for (String bias : new String[] {"b1", "b2"}) {
            HeadArrays.parameter(parameters, bias)
                    .get(NDArrayIndex.all(), NDArrayIndex.interval(getUnits(), 2L * getUnits()))
                    .assign(1);
        }
    }

    @Override
    HeadPass pass() {
        return new NoteAxisPass(Math.toIntExact(getNIn()), getUnits());
    }
}
