package dev.cadenza.exporter.kind;

import dev.cadenza.trainer.network.FusedLstm;
import java.util.Set;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/** What a network's layers must be; each rule names what it finds instead. */
public final class LayerRules {
    /** The same function, computed in two ways. */
    private static final Set<Class<?>> LSTMS = Set.of(LSTM.class, FusedLstm.class);

    private static final String LSTM_NAMES = LSTM.class.getName() + " or " + FusedLstm.class.getName();

    private LayerRules() {}

    public static void requireNoPreprocessors(MultiLayerConfiguration configuration)
            throws UntranslatableNetworkException {
        if (!configuration.getInputPreProcessors().isEmpty()) {
            throw new UntranslatableNetworkException(
                    "input preprocessors " + configuration.getInputPreProcessors() + ", expected none");
        }
    }

    /**
     * The layer at that place, which must be of one of those classes exactly.
     *
     * @param expected says so
     */
    public static Layer require(
            MultiLayerConfiguration configuration, int layer, Set<Class<?>> classes, String expected)
            throws UntranslatableNetworkException {
        if (layer < configuration.getConfs().size()) {
            Layer found = configuration.getConf(layer).getLayer();
            if (classes.contains(found.getClass())) {
                return found;
            }
            throw unexpected(layer, found.getClass().getName(), expected);
        }
        throw unexpected(layer, "missing", expected);
    }

    /** The layer at that place, which must be an LSTM. */
    public static LSTM requireLstm(MultiLayerConfiguration configuration, int layer)
            throws UntranslatableNetworkException {
        return (LSTM) require(configuration, layer, LSTMS, LSTM_NAMES);
    }

    public static void requireNoFurther(MultiLayerConfiguration configuration, int layers)
            throws UntranslatableNetworkException {
        if (configuration.getConfs().size() > layers) {
            String found = configuration.getConf(layers).getLayer().getClass().getName();
            throw unexpected(layers, found, "no further layer");
        }
    }

    private static UntranslatableNetworkException unexpected(int layer, String found, String expected) {
        return new UntranslatableNetworkException("layer " + layer + " is " + found + ", expected " + expected);
    }

    /** An LSTM of that many inputs with tanh and the logistic function. */
    public static void requireLstm(int layer, LSTM lstm, int inputs) throws UntranslatableNetworkException {
        require(layer, "input width", inputs, lstm.getNIn());
        requireType(layer, "activation", ActivationTanH.class, lstm.getActivationFn());
        requireType(layer, "gate activation", ActivationSigmoid.class, lstm.getGateActivationFn());
        require(layer, "data format", RNNFormat.NCW, lstm.getRnnDataFormat());
        requireNoWeightNoise(layer, lstm);
    }

    public static void requireNoWeightNoise(int layer, BaseLayer conf) throws UntranslatableNetworkException {
        if (conf.getWeightNoise() != null) {
            throw new UntranslatableNetworkException("layer " + layer + " ("
                    + conf.getClass().getSimpleName() + ") has weight noise " + conf.getWeightNoise()
                    + ", expected none");
        }
    }

    public static void requireType(int layer, String what, Class<?> expected, Object actual)
            throws UntranslatableNetworkException {
        if (actual.getClass() != expected) {
            throw new UntranslatableNetworkException("layer " + layer + " has the " + what + " "
                    + actual.getClass().getSimpleName() + ", expected " + expected.getSimpleName());
        }
    }

    public static void require(int layer, String what, Object expected, Object actual)
            throws UntranslatableNetworkException {
        if (!expected.toString().equals(String.valueOf(actual))) {
            throw new UntranslatableNetworkException(
                    "layer " + layer + " has the " + what + " " + actual + ", expected " + expected);
        }
    }
}
