package dev.cadenza.trainer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.console.ProgressBar;
import dev.cadenza.notematrix.PaperEncoding;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.checkpoint.CheckpointFormatException;
import dev.cadenza.trainer.checkpoint.CheckpointInfo;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.Split;
import dev.cadenza.trainer.paper.PaperMeasures;
import dev.cadenza.trainer.performer.Likelihood;
import dev.cadenza.trainer.run.LearningCurve;
import dev.cadenza.trainer.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Measures a finished checkpoint on validation and test and writes the figures into it, where the exporter finds them,
 * together with the deviations of a state carried through whole pieces, which is how a model plays.
 *
 * @param json by split
 */
record FinalMeasures(ObjectNode json, String table) {

    static FinalMeasures record(RunFolder run, EncodedCorpus corpus, int window)
            throws IOException, CheckpointFormatException {
        Path path = run.best();
        Checkpoint checkpoint = Checkpoint.read(path);
        CheckpointInfo info = checkpoint.info();
        if (info.kind().equals(CheckpointInfo.PERFORMER)) {
            return performer(run, checkpoint, corpus);
        }
        ObjectNode metrics = new ObjectMapper().createObjectNode();
        StringBuilder table = new StringBuilder();
        PaperEncoding encoding = info.paperEncoding();
        for (Split split : new Split[] {Split.VALIDATION, Split.TEST}) {
            if (corpus.pieces(split).isEmpty()) {
                continue;
            }
            try (ProgressBar progress =
                    ProgressBar.of("measuring " + split.label(), "notes", 2 * corpus.notes(split))) {
                PaperMeasures measures =
                        PaperMeasures.measure(checkpoint.network(), encoding, window, corpus, split, progress::update);
                if (split == Split.VALIDATION) {
                    encoding = new PaperEncoding(
                            encoding.ticksPerSecond(),
                            encoding.intervalClipTicks(),
                            measures.deviations(),
                            encoding.durationIntervalBounds(),
                            encoding.durationMedians());
                    measures = measures.under(encoding);
                }
                metrics.set(split.label(), measures.toJson());
                table.append(measures.toTable()).append(System.lineSeparator());
            }
        }
        CheckpointInfo told = new CheckpointInfo(info.kind(), encoding, info.provenance(), metrics);
        new Checkpoint(checkpoint.network(), told, checkpoint.training(), checkpoint.parity()).write(path, false);
        return new FinalMeasures(metrics.deepCopy(), table.toString());
    }

    private static FinalMeasures performer(RunFolder run, Checkpoint checkpoint, EncodedCorpus corpus)
            throws IOException {
        ObjectNode metrics = new ObjectMapper().createObjectNode();
        StringBuilder table = new StringBuilder();
        for (Split split : new Split[] {Split.VALIDATION, Split.TEST}) {
            if (corpus.pieces(split).isEmpty()) {
                continue;
            }
            Likelihood likelihood = PerformerMeasures.likelihood(checkpoint.network(), corpus, split);
            metrics.set(split.label(), likelihood.toJson().put("split", split.label()));
            table.append(PerformerMeasures.table(likelihood, split)).append(System.lineSeparator());
        }
        ObjectNode curve = LearningCurve.read(run.metrics());
        if (!curve.isEmpty()) {
            metrics.set("learning_curve", curve);
        }
        new Checkpoint(
                        checkpoint.network(),
                        checkpoint.info().withMetrics(metrics),
                        checkpoint.training(),
                        checkpoint.parity())
                .write(run.best(), false);
        return new FinalMeasures(metrics.deepCopy(), table.toString());
    }
}
