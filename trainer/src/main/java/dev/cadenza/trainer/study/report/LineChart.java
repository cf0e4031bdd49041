package dev.cadenza.trainer.study.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Lines over two axes. Not for reuse after {@link #svg}.
 *
 * <pre>{@code
 * String svg = new LineChart("validation loss", "update", "MSE").logX().add("Adam", xs, ys).svg();
 * }</pre>
 */
public final class LineChart {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 400;
    private static final int LEFT = 70;
    private static final int RIGHT = 210;
    private static final int TOP = 48;
    private static final int BOTTOM = 48;
    private static final int TICKS = 5;
    /** Values that differ by less in proportion to their size are one value. */
    private static final double SAME = 1e-12;

    private static final String GREY = "#cccccc";
    /** Okabe and Ito's colours, that are distinct for colour-blind readers too, and two greys. */
    private static final String[] COLOURS = {
        "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#888888", "#a6761d", "#7570b3"
    };

    private record Series(String name, double[] xs, double[] ys, boolean dashed, boolean dots) {}

    private final String title;
    private final String xName;
    private final String yName;
    private final List<Series> series = new ArrayList<>();
    private boolean logX;
    private boolean logY;

    /** An empty chart. */
    public LineChart(String title, String xName, String yName) {
        this.title = title;
        this.xName = xName;
        this.yName = yName;
    }

    /** A logarithmic x axis: points at 0 or below are left out. */
    public LineChart logX() {
        logX = true;
        return this;
    }

    /** A logarithmic y axis: points at 0 or below are left out. */
    public LineChart logY() {
        logY = true;
        return this;
    }

    /** A line through points. */
    public LineChart add(String name, double[] xs, double[] ys) {
        series.add(new Series(name, xs.clone(), ys.clone(), false, xs.length <= 30));
        return this;
    }

    /** A line through a point a row. */
    public <R> LineChart add(String name, List<R> rows, ToDoubleFunction<R> x, ToDoubleFunction<R> y) {
        return add(
                name,
                rows.stream().mapToDouble(x).toArray(),
                rows.stream().mapToDouble(y).toArray());
    }

    /** A dashed line through a point a row. */
    public <R> LineChart dashed(String name, List<R> rows, ToDoubleFunction<R> x, ToDoubleFunction<R> y) {
        return dashed(
                name,
                rows.stream().mapToDouble(x).toArray(),
                rows.stream().mapToDouble(y).toArray());
    }

    /** A dashed line through points: a fit, or something to compare with. */
    public LineChart dashed(String name, double[] xs, double[] ys) {
        series.add(new Series(name, xs.clone(), ys.clone(), true, false));
        return this;
    }

    /** The chart as a document. */
    public String svg() {
        Axis x = axis(Series::xs, logX, LEFT, WIDTH - RIGHT);
        Axis y = axis(Series::ys, logY, HEIGHT - BOTTOM, TOP);
        Svg svg = new Svg(WIDTH, HEIGHT);
        svg.text(LEFT, 18, "start", title);
        for (double tick : x.ticks()) {
            svg.line(x.at(tick), TOP, x.at(tick), HEIGHT - BOTTOM, GREY);
            svg.text(x.at(tick), HEIGHT - BOTTOM + 16, "middle", label(tick));
        }
        for (double tick : y.ticks()) {
            svg.line(LEFT, y.at(tick), WIDTH - RIGHT, y.at(tick), GREY);
            svg.text(LEFT - 6, y.at(tick) + 4, "end", label(tick));
        }
        svg.text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 12, "middle", xName);
        svg.text(8, TOP - 10, "start", yName);
        for (int index = 0; index < series.size(); index++) {
            Series one = series.get(index);
            String colour = COLOURS[index % COLOURS.length];
            StringBuilder points = new StringBuilder();
            for (int i = 0; i < one.xs.length; i++) {
                if (x.shows(one.xs[i]) && y.shows(one.ys[i])) {
                    points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x.at(one.xs[i]), y.at(one.ys[i])));
                    if (one.dots) {
                        svg.dot(x.at(one.xs[i]), y.at(one.ys[i]), colour);
                    }
                }
            }
            svg.path(points.toString().strip(), colour, one.dashed);
            double legend = TOP + 16.0 * index;
            svg.line(WIDTH - RIGHT + 10, legend, WIDTH - RIGHT + 28, legend, colour);
            svg.text(WIDTH - RIGHT + 33, legend + 4, "start", one.name);
        }
        return svg.finished();
    }

    private Axis axis(Function<Series, double[]> values, boolean log, double from, double to) {
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (Series one : series) {
            for (double value : values.apply(one)) {
                if (Double.isFinite(value) && (!log || value > 0)) {
                    lowest = Math.min(lowest, value);
                    highest = Math.max(highest, value);
                }
            }
        }
        if (!(lowest <= highest)) {
            lowest = 1;
            highest = 2;
        }
        double size = Math.max(Math.abs(lowest), Math.abs(highest));
        if (highest - lowest <= size * SAME) {
            // 0.5 vanishes next to a large value.
            double margin = Math.max(0.5, size * 1e-6);
            lowest -= log ? lowest / 2 : margin;
            highest += log ? highest : margin;
        }
        return new Axis(lowest, highest, log, from, to);
    }

    private static String label(double tick) {
        double size = Math.abs(tick);
        if (tick == 0 || (size >= 1e-3 && size < 1e5)) {
            String text = String.format(Locale.ROOT, "%.5f", tick);
            return text.replaceFirst("0+$", "").replaceFirst("\\.$", "");
        }
        return String.format(Locale.ROOT, "%.0e", tick);
    }

    /** Where values lie. */
    private record Axis(double lowest, double highest, boolean log, double from, double to) {
        boolean shows(double value) {
            return Double.isFinite(value) && (!log || value > 0);
        }

        double at(double value) {
            ToDoubleFunction<Double> scale = log ? Math::log : Double::doubleValue;
            double share = (scale.applyAsDouble(value) - scale.applyAsDouble(lowest))
                    / (scale.applyAsDouble(highest) - scale.applyAsDouble(lowest));
            return from + share * (to - from);
        }

        List<Double> ticks() {
            List<Double> ticks = new ArrayList<>();
            if (log && highest / lowest > 8) {
                for (double tick = Math.pow(10, Math.floor(Math.log10(lowest))); tick <= highest; tick *= 10) {
                    if (tick >= lowest * 0.999) {
                        ticks.add(tick);
                    }
                }
            }
            if (ticks.size() < 2) {
                ticks.clear();
                double rough = (highest - lowest) / TICKS;
                double power = Math.pow(10, Math.floor(Math.log10(rough)));
                double step =
                        power * (rough / power < 1.5 ? 1 : rough / power < 3.5 ? 2 : rough / power < 7.5 ? 5 : 10);
                for (double tick = Math.ceil(lowest / step) * step; tick <= highest + step * 1e-9; tick += step) {
                    ticks.add(Math.abs(tick) < step * 1e-9 ? 0 : tick);
                }
            }
            return ticks;
        }
    }
}
