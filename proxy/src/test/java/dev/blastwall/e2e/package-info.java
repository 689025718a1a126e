/** The whole gateway between real clients and a real PostgreSQL, as a user runs it. */
package dev.blastwall.e2e;
