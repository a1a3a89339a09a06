package io.github.fallbackai.engine;

import io.github.fallbackai.breaker.Permit;

/**
 * What an attempt got when it started.
 *
 * @param permit leave to try the endpoint
 * @param bill what that costs
 */
record Admission(Permit permit, Bill bill) {

}
