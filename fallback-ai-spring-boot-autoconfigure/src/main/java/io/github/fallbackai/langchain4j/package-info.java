// SPDX-License-Identifier: Apache-2.0
/**
 * LangChain4j's chat models over the fallback, for applications that have LangChain4j on
 * their class path.
 */
@NullMarked
package io.github.fallbackai.langchain4j;

import org.jspecify.annotations.NullMarked;
