/**
 * Templates of Go ({@code text/template}): in come a text and an object, out goes the text with its
 * actions carried out, or {@link dev.blastwall.opa.builtin.template.TemplateException}.
 *
 * <p>Left out are templates within templates ({@code define}, {@code template}, {@code block}), and
 * the functions {@code js} and {@code call}: a text that has them is refused.
 */
@NullMarked
package dev.blastwall.opa.builtin.template;

import org.jspecify.annotations.NullMarked;
