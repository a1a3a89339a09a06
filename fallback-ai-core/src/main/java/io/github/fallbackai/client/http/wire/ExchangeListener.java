// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.wire;

import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Hears of every HTTP exchange of a wire, for traces and metrics. It is called on the
 * threads of the exchange and must not block. Its exceptions are logged and do not affect
 * the exchange. Safe for use by several threads.
 */
@FunctionalInterface
public interface ExchangeListener {

	/** Hears of nothing. */
	ExchangeListener NONE = (request, context) -> null;

	/**
	 * An exchange begins.
	 * @param request what is sent
	 * @param context the context of the attempt
	 * @return what accompanies the exchange, {@code null} if nothing does
	 */
	@Nullable ExchangeObserver started(WireRequest request, ContextView context);

}
