package dev.cadenza.trainer.study;

import dev.cadenza.trainer.playing.ExporterLauncher;
import dev.cadenza.trainer.report.Report;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What every part works with.
 *
 * @param folder of the study
 * @param exporter the exporter's launcher, for what needs a file that is served
 * @param models published versions, for what measures them
 * @param log told in lines
 * @param stop asked between pieces of work
 */
record StudyContext(
        StudyPlan plan,
        StudyData data,
        Path folder,
        Cells cells,
        Runs runs,
        Report report,
        Optional<ExporterLauncher> exporter,
        Optional<Path> models,
        Consumer<String> log,
        BooleanSupplier stop) {

    /** Ends the study when it was asked to. */
    void checkpoint() {
        if (stop.getAsBoolean()) {
            throw new StudyStoppedException();
        }
    }
}
