package dev.cadenza.trainer.study;

import dev.cadenza.trainer.evaluation.ExporterLauncher;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What experiments and sections work with.
 *
 * @param folder of the study
 * @param exporter the exporter's launcher, for what needs a file that is served
 * @param models published versions, for what measures them
 * @param command that was given, without paths
 * @param log for lines
 * @param stop asked between pieces of work
 */
public record StudyContext(
        StudyPlan plan,
        StudyData data,
        Path folder,
        Cells cells,
        Runs runs,
        Optional<ExporterLauncher> exporter,
        Optional<Path> models,
        String command,
        Consumer<String> log,
        BooleanSupplier stop) {

    /** Ends the study when it was asked to. */
    public void stopWhenAsked() {
        if (stop.getAsBoolean()) {
            throw new StudyStoppedException();
        }
    }
}
