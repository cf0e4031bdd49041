package dev.cadenza.exporter.kind.toy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.exporter.graph.Expressions;
import dev.cadenza.exporter.graph.LstmWeights;
import dev.cadenza.exporter.graph.OnnxGraph;
import dev.cadenza.exporter.graph.OnnxOperator;
import dev.cadenza.exporter.graph.OnnxRef;
import dev.cadenza.exporter.graph.WeightFormat;
import dev.cadenza.exporter.kind.CardText;
import dev.cadenza.exporter.kind.Comparison;
import dev.cadenza.exporter.kind.ExportRefusedException;
import dev.cadenza.exporter.kind.GoldenTune;
import dev.cadenza.exporter.kind.KindExport;
import dev.cadenza.exporter.kind.LayerParameters;
import dev.cadenza.exporter.kind.LayerRules;
import dev.cadenza.exporter.kind.UntranslatableNetworkException;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.model.Golden;
import dev.cadenza.model.GraphSignature;
import dev.cadenza.model.ModelManifest;
import dev.cadenza.onnx.GoldenReplay;
import dev.cadenza.onnx.GraphKind;
import dev.cadenza.onnx.GraphSession;
import dev.cadenza.onnx.TensorValues;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** An LSTM and a linear layer over pitches: its weights, graph, proof and card. */
final class ToyExport implements KindExport {
    private static final float HIGHEST = 127;

    /** How far from the mean a pitch is drawn at temperature 1, of {@link #HIGHEST}. */
    private static final float DEVIATION = 0.05f;

    private final ToyKind kind = new ToyKind();
    private final Checkpoint checkpoint;
    private final LstmWeights lstm;
    private final float[] output;
    private final float[] outputBias;

    ToyExport(Checkpoint checkpoint) throws UntranslatableNetworkException {
        this.checkpoint = checkpoint;
        int hidden = Math.toIntExact(LayerRules.requireLstm(checkpoint.network().getLayerWiseConfigurations(), 0)
                .getNOut());
        LayerParameters recurrent = LayerParameters.of(checkpoint.network(), 0);
        LayerParameters linear = LayerParameters.of(checkpoint.network(), 1);
        lstm = new LstmWeights(
                hidden,
                recurrent.gateRows("W", hidden),
                recurrent.gateRows("RW", hidden),
                recurrent.gateRows("b", hidden));
        output = linear.values("W", hidden, 1);
        outputBias = linear.values("b");
    }

    @Override
    public GraphKind kind() {
        return kind;
    }

    @Override
    public GraphSignature signature() {
        return ToyKind.signature(lstm.hidden());
    }

    @Override
    public long parameters() {
        return checkpoint.network().numParams();
    }

    @Override
    public ObjectNode encoding() {
        return checkpoint.info().encoding();
    }

    @Override
    public boolean batchInvariant() {
        return true;
    }

    @Override
    public boolean measured() {
        return false;
    }

    @Override
    public byte[] graph(Map<String, String> metadata) {
        OnnxGraph graph = new OnnxGraph("toy");
        Map<String, OnnxRef> in = new HashMap<>();
        signature().inputs().forEach(spec -> in.put(spec.name(), graph.input(spec)));
        nodes(new Expressions(graph), in);
        signature().outputs().forEach(graph::output);
        return graph.toModel("1", "The next pitch.", metadata);
    }

    private void nodes(Expressions x, Map<String, OnnxRef> inputs) {
        OnnxRef scale = x.number(HIGHEST);
        OnnxRef pitch = x.toFloat(x.slice(in(inputs, "note"), 1, 2));
        OnnxRef row = x.div(x.max(pitch, x.number(0f)), scale);
        OnnxRef h = WeightFormat.FP32.products().lstm(x.in("lstm"), row, in(inputs, "h"), in(inputs, "c"), lstm);
        OnnxRef product = x.matMul(h, x.table("output", output, 1));
        OnnxRef mean = x.named("mean").add(product, x.row("output_bias", outputBias));
        OnnxRef heat = x.unsqueeze(in(inputs, "temperature"), 1);
        OnnxRef spread = x.mul(x.mul(heat, in(inputs, "noise")), x.number(DEVIATION));
        OnnxRef drawn = x.clip(x.node(OnnxOperator.ROUND, x.mul(x.add(mean, spread), scale)), 21f, 108f);
        OnnxRef note = x.add(x.mul(drawn, x.row("pitch", 0f, 1, 0, 0)), x.row("rest", 25f, 0, 64, 20));
        OnnxRef forced = in(inputs, "forced");
        OnnxRef next = x.named("next").where(x.atLeast(forced, x.number(0)), forced, x.toInt(note));
        OnnxRef error = x.div(x.sub(x.div(x.toFloat(x.slice(next, 1, 2)), scale), mean), x.number(DEVIATION));
        x.named("logp").mul(x.mul(error, error), x.number(-0.5f));
    }

    private static OnnxRef in(Map<String, OnnxRef> inputs, String name) {
        return Objects.requireNonNull(inputs.get(name), name);
    }

    @Override
    public Proof prove(GraphSession graph) throws ExportRefusedException {
        float[] rows = checkpoint.parity().values();
        int[] notes = new int[4 * rows.length];
        for (int i = 0; i < rows.length; i++) {
            notes[4 * i + 1] = Math.round(rows[i] * HIGHEST);
        }
        int[] free = new int[notes.length];
        Arrays.fill(free, -1);
        TensorValues answers = graph.run(signature(), rows.length, 1, kind.goldenInputs(signature(), notes, free));
        INDArray trained = checkpoint.network().output(Nd4j.create(rows, new long[] {1, 1, rows.length}, 'f'), false);
        Comparison comparison = new Comparison();
        comparison.compare(
                "mean", answers.floats("mean"), trained.dup('c').data().asFloat());
        return new Proof(comparison.verdict(), null);
    }

    @Override
    public StepModel model(GraphSession graph) {
        return kind.model(
                graph, signature(), encoding().path("ticks_per_second").asInt());
    }

    @Override
    public Golden golden(GraphSession graph) {
        int[] notes =
                GoldenTune.notes(encoding().path("ticks_per_second").asInt()).rows();
        return GoldenReplay.record(graph, kind, signature(), notes, signature().golden(), Golden.Tolerance.EXPORT);
    }

    @Override
    public CardText card(String name, ModelManifest manifest, Proof proof) {
        return new CardText(
                "A toy.\n",
                "- It plays.\n",
                "None.\n",
                "trainer train --preset toy\n",
                "DL4J and ONNX Runtime agree.\n");
    }
}
