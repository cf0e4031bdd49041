package dev.cadenza.trainer.study;

import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.evaluation.ExporterLauncher;
import dev.cadenza.trainer.roll.RollCorpus;
import dev.cadenza.trainer.study.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * All parts of the study, in one folder: {@code REPORT.md}, {@code results.json}, {@code figures/}, {@code csv/}, and what
 * it goes on from, {@code cells/} and {@code runs/}.
 */
public final class Study {
    private final Contents contents;

    /** A study of that. */
    public Study(Contents contents) {
        this.contents = contents;
    }

    /**
     * What a study is made of.
     *
     * @param sourcePaper before the parts: the source paper's figures one by one
     * @param trainings after the parts
     * @param results once the report is written: further files
     */
    public record Contents(Section sourcePaper, List<StudyPart> parts, Section trainings, Section results) {
        public Contents {
            parts = List.copyOf(parts);
        }
    }

    /**
     * What is asked for.
     *
     * @param quick every part with next to no training
     * @param parts numbers of those to compute; the report has whatever is there of all
     * @param replicas threads of a training
     * @param command for the report
     */
    public record Order(
            Path out,
            boolean quick,
            Set<Integer> parts,
            int replicas,
            Optional<ExporterLauncher> exporter,
            Optional<Path> models,
            String command) {
        public Order {
            parts = Set.copyOf(parts);
        }
    }

    /** How a study ended. */
    public enum Outcome {
        DONE,
        /** As it was asked to; the same command goes on. */
        STOPPED,
        /** A part could not be computed; the log says why. */
        FAILED
    }

    /** Numbers of all parts. */
    public Set<Integer> numbers() {
        Set<Integer> numbers = new TreeSet<>();
        contents.parts.forEach(part -> numbers.add(part.number()));
        return numbers;
    }

    /**
     * Computes and reports.
     *
     * @param encoding of the performances
     * @param rolls folder of piano rolls
     * @return how it ended; the report is written all the same, without what could not be
     * @throws CorpusFormatException when a corpus cannot be read
     * @throws IllegalArgumentException when the folder holds another study
     */
    public Outcome run(Order order, StudyData.Encoding encoding, Path rolls, Consumer<String> log, BooleanSupplier stop)
            throws IOException, CorpusFormatException {
        return run(order, order.quick() ? StudyPlan.QUICK : StudyPlan.FULL, encoding, rolls, log, stop);
    }

    Outcome run(
            Order order,
            StudyPlan plan,
            StudyData.Encoding encoding,
            Path rolls,
            Consumer<String> log,
            BooleanSupplier stop)
            throws IOException, CorpusFormatException {
        Report report = new Report(order.out());
        StudyContext context = new StudyContext(
                plan,
                new StudyData(encoding, rolls, order.out()),
                order.out(),
                new Cells(order.out().resolve("cells")),
                new Runs(order.out().resolve("runs"), order.replicas(), log, stop),
                order.exporter(),
                order.models(),
                order.command(),
                log,
                stop);
        // What is wrong with the data is to be known before hours of training.
        List<RollCorpus> read = context.data().rolls();
        StudyIdentity.check(order.out(), plan, read);
        context.data().performances();
        Outcome outcome = compute(order, context);
        report.heading(1, "The source paper's study, done again");
        introduction(report, order);
        boolean whole = written(context, report, "the source paper's figures", contents.sourcePaper);
        for (StudyPart part : contents.parts) {
            report.heading(2, part.number() + ". " + part.title());
            report.paragraph("`" + order.command() + " --parts " + part.number() + "`");
            whole &= written(context, report, "part " + part.number(), completed(part));
        }
        whole &= written(context, report, "the trainings", contents.trainings);
        report.write();
        whole &= written(context, report, "results.json", contents.results);
        return outcome == Outcome.DONE && !whole ? Outcome.FAILED : outcome;
    }

    /** A part's section after what its experiment still computes: the section says what is there when that fails. */
    private static Section completed(StudyPart part) {
        return (context, report) -> {
            try {
                part.experiment().complete(context);
            } finally {
                part.section().write(context, report);
            }
        };
    }

    /** Writes a section; one that cannot be written does not cost the others. */
    private static boolean written(StudyContext context, Report report, String what, Section section) {
        try {
            section.write(context, report);
            return true;
        } catch (IOException | CorpusFormatException | RuntimeException e) {
            context.log().accept(what + " could not be written: " + e.getMessage());
            report.paragraph("Could not be written; the log of the command says why.");
            return false;
        }
    }

    private Outcome compute(Order order, StudyContext context) throws CorpusFormatException {
        Outcome outcome = Outcome.DONE;
        for (StudyPart part : contents.parts) {
            if (!order.parts().contains(part.number())) {
                continue;
            }
            context.log().accept("part " + part.number() + ": " + part.title());
            try {
                part.experiment().run(context);
            } catch (StudyStoppedException e) {
                context.log().accept(String.valueOf(e.getMessage()));
                return Outcome.STOPPED;
            } catch (IOException | RuntimeException e) {
                // The other parts and the report are worth having.
                context.log().accept("part " + part.number() + " failed: " + e.getMessage());
                outcome = Outcome.FAILED;
            }
        }
        return outcome;
    }

    private static void introduction(Report report, Order order) {
        report.paragraph("Cadenza began with a paper: a single LSTM of 512 units on a note matrix of pitch, velocity"
                        + " and interval. This is its study, repeated on the JVM with Deeplearning4j and measured"
                        + " on data that was not trained on. Tables are also in `csv/`, the likelihood table in"
                        + " `results.json`. What depends on chance names its random seed. Times are of shared"
                        + " machines: compare them with each other alone.")
                .command(order.command());
        if (order.quick()) {
            report.paragraph("**A quick run: nothing in it is trained long enough to mean anything, and roll models are"
                    + " measured on the first sequences alone.**");
        }
    }
}
