package dev.aikit.local.internal.guide;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/** Cuts a Markdown document into passages, along its headings. Pictures and HTML are left out. */
final class MarkdownSplitter {
    private static final Parser PARSER =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();

    private final @Nullable String[] headings = new String[7];
    private final PassageBuilder builder;

    private MarkdownSplitter(String source) {
        builder = new PassageBuilder(source);
    }

    static List<Passage> split(String source, String markdown) {
        MarkdownSplitter splitter = new MarkdownSplitter(source);
        splitter.blocks(PARSER.parse(markdown));
        return splitter.builder.passages();
    }

    private void blocks(Node parent) {
        for (Node block : children(parent)) {
            if (block instanceof Heading heading) heading(heading);
            else if (block instanceof Paragraph) builder.prose(inline(block));
            else if (block instanceof FencedCodeBlock code) {
                builder.code(Objects.requireNonNullElse(code.getInfo(), ""), code.getLiteral());
            } else if (block instanceof IndentedCodeBlock code) builder.code("", code.getLiteral());
            else if (block instanceof ListBlock) list(block);
            else if (block instanceof TableBlock) table(block);
            else if (block instanceof BlockQuote) blocks(block);
        }
    }

    private void heading(Heading heading) {
        headings[heading.getLevel()] = inline(heading).replace("`", "");
        Arrays.fill(headings, heading.getLevel() + 1, headings.length, null);
        builder.heading(
                Arrays.stream(headings).filter(Objects::nonNull).collect(Collectors.joining(Passage.SEPARATOR)));
    }

    private void list(Node list) {
        for (Node item : children(list)) {
            List<Node> later = new ArrayList<>();
            List<String> texts = new ArrayList<>();
            for (Node block : children(item)) {
                if (block instanceof Paragraph) texts.add(inline(block));
                else later.add(block);
            }
            builder.item(String.join(" ", texts));
            for (Node block : later) {
                if (block instanceof ListBlock) list(block);
                else if (block instanceof FencedCodeBlock code) {
                    builder.code(Objects.requireNonNullElse(code.getInfo(), ""), code.getLiteral());
                }
            }
        }
    }

    private void table(Node table) {
        List<String> rows = new ArrayList<>();
        int columns = 0;
        for (Node part : children(table)) {
            for (Node row : children(part)) {
                if (!(row instanceof TableRow)) continue;
                List<Node> cells = children(row);
                columns = Math.max(columns, cells.size());
                rows.add(cells.stream().map(MarkdownSplitter::inline).collect(Collectors.joining(" | ", "| ", " |")));
            }
        }
        builder.table(rows.get(0) + "\n|" + " --- |".repeat(columns), rows.subList(1, rows.size()));
    }

    private static List<Node> children(Node parent) {
        List<Node> children = new ArrayList<>();
        for (@Nullable Node child = parent.getFirstChild(); child != null; child = child.getNext()) children.add(child);
        return children;
    }

    /** The text as one line; code keeps its backticks, links are their text. */
    private static String inline(Node block) {
        StringBuilder text = new StringBuilder();
        block.accept(new AbstractVisitor() {
            @Override
            public void visit(Text node) {
                text.append(node.getLiteral());
            }

            @Override
            public void visit(Code node) {
                text.append('`').append(node.getLiteral()).append('`');
            }

            @Override
            public void visit(SoftLineBreak node) {
                text.append(' ');
            }

            @Override
            public void visit(HardLineBreak node) {
                text.append(' ');
            }

            @Override
            public void visit(Image node) {
                // A picture cannot be quoted.
            }
        });
        return text.toString().strip();
    }
}
