package dev.cadenza.trainer.study.section;

import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.study.Cell;
import dev.cadenza.trainer.study.Section;
import dev.cadenza.trainer.study.StudyContext;
import dev.cadenza.trainer.study.report.Columns;
import dev.cadenza.trainer.study.report.Report;
import dev.cadenza.trainer.study.result.TrainingSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Every training of the study that came to an end, with its data, seed, updates and wall time. */
public final class TrainingsSection implements Section {
    private static final int MINUTE = 60;
    private static final int HOUR = 3600;

    private record Training(String name, TrainingSummary summary, double seconds) {
        String data() {
            if (summary.corpus() != null) {
                return summary.corpus();
            }
            Long notes = summary.trainNotes() != null ? summary.trainNotes() : summary.notes();
            return String.format(Locale.ROOT, "performances, %,d notes", notes == null ? 0 : notes);
        }

        String seed() {
            return summary.seed() == null ? "1" : summary.seed().toString();
        }

        String threads() {
            return summary.threads() == null ? "" : summary.threads().toString();
        }
    }

    private static final Columns<Training> COLUMNS = Columns.of(Training.class)
            .text("training", Training::name)
            .text("data", Training::data)
            .text("seed", Training::seed)
            .grouped("updates", row -> row.summary().updates())
            .number("minutes", "%.1f", row -> row.seconds() / MINUTE)
            .text("threads", Training::threads);

    @Override
    public void write(StudyContext context, Report report) throws IOException, CorpusFormatException {
        List<Training> trainings = new ArrayList<>();
        double seconds = 0;
        for (String key : context.cells().keys()) {
            TrainingSummary summary =
                    new Cell<>(key, TrainingSummary.class).read(context.cells()).orElseThrow();
            if (summary.seconds() != null) {
                seconds += summary.seconds();
                trainings.add(new Training(key, summary, summary.seconds()));
            }
        }
        report.heading(2, "Trainings")
                .paragraph(String.format(
                        Locale.ROOT,
                        "%d trainings that came to an end, %.1f hours of wall time, validation included and whatever"
                                + " else the machine did. Hashes of the rolls are in `results.json`; performances: %s,"
                                + " sha256 %s.",
                        trainings.size(),
                        seconds / HOUR,
                        context.data().performances().corpus().name(),
                        context.data().performances().corpus().sha256()))
                .table("trainings", COLUMNS, trainings);
    }
}
