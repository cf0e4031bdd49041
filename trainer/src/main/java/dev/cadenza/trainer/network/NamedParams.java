package dev.cadenza.trainer.network;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A layer's parameters as row-major matrices, one after the other in DL4J's flat array. */
public final class NamedParams implements ParamInitializer {
    private final List<ParamShape> shapes;

    public NamedParams(List<ParamShape> shapes) {
        this.shapes = List.copyOf(shapes);
    }

    @Override
    public long numParams(NeuralNetConfiguration conf) {
        return numParams(conf.getLayer());
    }

    @Override
    public long numParams(Layer layer) {
        return shapes.stream().mapToLong(ParamShape::length).sum();
    }

    @Override
    public List<String> paramKeys(Layer layer) {
        return shapes.stream().map(ParamShape::name).toList();
    }

    @Override
    public List<String> weightKeys(Layer layer) {
        return shapes.stream()
                .filter(shape -> !shape.isBias())
                .map(ParamShape::name)
                .toList();
    }

    @Override
    public List<String> biasKeys(Layer layer) {
        return shapes.stream().filter(ParamShape::isBias).map(ParamShape::name).toList();
    }

    @Override
    public boolean isWeightParam(Layer layer, String key) {
        return weightKeys(layer).contains(key);
    }

    @Override
    public boolean isBiasParam(Layer layer, String key) {
        return biasKeys(layer).contains(key);
    }

    @Override
    public Map<String, INDArray> init(NeuralNetConfiguration conf, INDArray paramsView, boolean initializeParams) {
        Map<String, INDArray> views = views(paramsView);
        for (ParamShape shape : shapes) {
            conf.addVariable(shape.name());
            if (initializeParams) {
                INDArray view = Objects.requireNonNull(views.get(shape.name()));
                if (shape.deviation() == 0) {
                    view.assign(0);
                } else {
                    view.assign(Nd4j.randn(shape.rows(), shape.columns()).muli(shape.deviation()));
                }
            }
        }
        return views;
    }

    @Override
    public Map<String, INDArray> getGradientsFromFlattened(NeuralNetConfiguration conf, INDArray gradientView) {
        return views(gradientView);
    }

    private Map<String, INDArray> views(INDArray flat) {
        INDArray row = flat.reshape(flat.length());
        Map<String, INDArray> views = new LinkedHashMap<>();
        long from = 0;
        for (ParamShape shape : shapes) {
            views.put(
                    shape.name(),
                    row.get(NDArrayIndex.interval(from, from + shape.length()))
                            .reshape('c', shape.rows(), shape.columns()));
            from += shape.length();
        }
        return views;
    }

    /**
     * What DL4J expects of a layer that a configuration makes: everything that is not the layer's own.
     *
     * @param view the layer's part of the network's flat array
     * @param initialize whether the parameters are drawn; else those in the view stay
     * @return the layer
     */
    public static <L extends org.deeplearning4j.nn.api.Layer> L complete(
            L layer,
            NeuralNetConfiguration conf,
            Collection<TrainingListener> listeners,
            int index,
            INDArray view,
            boolean initialize) {
        layer.setListeners(listeners);
        layer.setIndex(index);
        layer.setParamsViewArray(view);
        layer.setParamTable(conf.getLayer().initializer().init(conf, view, initialize));
        layer.setConf(conf);
        return layer;
    }
}
