package dev.cadenza.trainer.paper;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.console.ProgressBar;
import dev.cadenza.notematrix.PaperEncoding;
import dev.cadenza.trainer.checkpoint.CheckpointInfo;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.Split;
import dev.cadenza.trainer.family.PerformanceData;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Performances as rows of the note matrix. */
final class PaperData extends PerformanceData {
    private final EncodedCorpus corpus;
    private final int window;

    /** @param window steps of the windows that are measured from a zero state */
    PaperData(EncodedCorpus corpus, int window) {
        super(corpus);
        this.corpus = corpus;
        this.window = window;
    }

    @Override
    public Measures measure(MultiLayerNetwork network, CheckpointInfo info, Split split) {
        PaperMeasures measures = measures(network, PaperEncoding.fromJson(info.encoding()), split);
        return new Measures(measures.toJson(), measures.toTable(), info);
    }

    /** Validation settles the deviations: those of a state carried through whole pieces, as a model plays. */
    @Override
    public Measures measureFinished(MultiLayerNetwork network, CheckpointInfo info, Split split) {
        if (split != Split.VALIDATION) {
            return measure(network, info, split);
        }
        PaperEncoding before = PaperEncoding.fromJson(info.encoding());
        PaperMeasures measures = measures(network, before, split);
        PaperEncoding encoding = new PaperEncoding(
                before.ticksPerSecond(),
                before.intervalClipTicks(),
                measures.deviations(),
                before.durationIntervalBounds(),
                before.durationMedians());
        PaperMeasures settled = measures.under(encoding);
        return new Measures(
                settled.toJson(),
                settled.toTable(),
                new CheckpointInfo(info.kind(), (ObjectNode) encoding.toJson(), info.provenance(), info.metrics()));
    }

    private PaperMeasures measures(MultiLayerNetwork network, PaperEncoding encoding, Split split) {
        try (ProgressBar progress = ProgressBar.of("measuring " + split.label(), "notes", 2 * corpus.notes(split))) {
            return PaperMeasures.measure(network, encoding, window, corpus, split, progress::update);
        }
    }
}
