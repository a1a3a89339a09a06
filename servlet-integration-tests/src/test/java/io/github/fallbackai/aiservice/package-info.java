// SPDX-License-Identifier: Apache-2.0
/**
 * An application with LangChain4j's Spring starter. It has its own package, because that
 * starter looks for services below the application.
 */
@NullMarked
package io.github.fallbackai.aiservice;

import org.jspecify.annotations.NullMarked;
